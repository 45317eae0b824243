"""What make does before Django is there. Standard library only: it runs with the machine's own Python."""
