"""The TASK's verification against a running engine: `grade live`.

A copy of the submission is started as a project of its own, every step of the verification is tried, and what happened
is compared with what the report about the file predicted.
"""
