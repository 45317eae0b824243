"""Guide → recommendation → decision → record → log."""
