"""What waits for whom: a person's own work, the IG lead's desk, tasks, and the organisation's clocks."""
