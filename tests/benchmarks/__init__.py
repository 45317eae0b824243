"""`make bench`: numbers, printed as a table and written to var/bench/. Never run as tests."""
