"""Who uses infoshare: people, the organisations they work for, and what each may do."""
