"""Rows of the tables and lists on retention's pages, in words. Nothing here says what a record contains."""
