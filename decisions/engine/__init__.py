"""The rule engine: answers in, recommendation with reasons out, and proofs about every possible sitting.

Standard library and PyYAML only. NOT here: Django, the clock (the day is an argument), logging, or any
input and output except that the loader reads a file.
"""

ENGINE_VERSION = "1.0"
