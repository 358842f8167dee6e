"""A class graded as a whole."""
