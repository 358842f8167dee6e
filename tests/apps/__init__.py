"""The platform's code, as far as it needs no running service."""
