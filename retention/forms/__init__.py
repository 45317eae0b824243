"""The forms of retention, one module for each part of it."""
