"""YAML exactly as go-yaml 3.0.4 reads it, error texts and line numbers included.

PyYAML's C parser is forty times faster and agrees on nearly every file. This one has the last word where the two may
differ: on files with a syntax error, and on the few forms that only one of them takes.
"""
