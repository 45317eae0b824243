"""The decision log: finding and reading records."""
