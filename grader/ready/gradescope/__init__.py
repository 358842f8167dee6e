"""An autograder for Gradescope: the zip (`archive`), and what runs inside of it (`autograde` and the two scripts).

Gradescope unpacks the zip to `/autograder/source`, runs `setup.sh` once, and `run_autograder` for each submission.
"""
