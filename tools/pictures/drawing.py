"""The records of a picture; the notebooks' own frames are made of the same ones."""

from grader.notebook.drawing import Arrow, Box, Picture, draw

__all__ = ["Arrow", "Box", "Picture", "draw"]
