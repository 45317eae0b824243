"""Telling people that something waits for them: in the application, and by an e-mail that says nothing of any case."""
