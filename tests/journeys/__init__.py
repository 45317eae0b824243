"""Whole journeys in a real browser, against web, worker and beat as `make run` starts them."""
