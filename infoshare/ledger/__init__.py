"""Sealed content: what is written once, never changed, and can be shown to be unchanged. Knows nothing of decisions."""
