"""The pictures of the notebooks as data: a module a notebook, each with a tuple `PICTURES`.

`tools/draw_pictures.py` turns every one into `notebooks/img/NAME.svg`.
"""
