"""Commands for the shell, each with its help."""
