"""compose-kata: reads a compose file as Docker Compose does, judges it and teaches with it.

Nothing is imported here: `grade` must start at once.
"""

__version__ = "0.1.0"
