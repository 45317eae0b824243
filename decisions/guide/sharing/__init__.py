"""What is shared, item by item and recipient by recipient."""
