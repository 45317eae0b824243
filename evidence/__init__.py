"""The evidence pack: what an organisation shows its regulator of a period, in one file. It stores nothing itself."""
