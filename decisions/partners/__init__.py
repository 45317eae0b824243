"""The directory of verified recipients."""
