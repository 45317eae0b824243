"""Practice on published and fictional cases: the guide's questions without a draft, a record or the log."""
