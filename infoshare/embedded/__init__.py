"""PostgreSQL and Valkey for trying and testing, from wheels, with nothing to install.

`python -m infoshare.embedded COMMAND…` runs COMMAND with both up. Not for deployment: docker-compose.yml is.
"""
