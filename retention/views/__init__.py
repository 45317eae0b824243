"""Retention's pages. They show references, outcomes and dates, never what a record says."""
