"""What `grade batch` writes into its folder, by name: nothing else there may be called so."""

import os

RESULTS = "results.jsonl"
RESULTS_EARLIER = "results.earlier.jsonl"  # while a run changes what an earlier one wrote
GRADEBOOK = "gradebook.csv"
SUMMARY = "summary.json"
DASHBOARD = "index.html"
LOOK_ALIKES = "look-alikes.csv"
REGRADE = "regrade.csv"
FEEDBACK = "feedback"  # a folder

MADE_ANEW = (GRADEBOOK, SUMMARY, DASHBOARD, LOOK_ALIKES, REGRADE)  # files that each run replaces
ALL = (RESULTS, RESULTS_EARLIER, *MADE_ANEW, FEEDBACK)

SUMMARY_SCHEMA = "compose-kata/summary/1"
_SUMMARY_BEGINS = 200  # bytes, in which the schema stands


def is_from_a_run(out: str) -> bool:
    """Tell whether an earlier run has written into a folder: its results are there, or its summary is."""
    if os.path.exists(os.path.join(out, RESULTS)):
        return True
    try:
        with open(os.path.join(out, SUMMARY), "rb") as file:
            return SUMMARY_SCHEMA.encode() in file.read(_SUMMARY_BEGINS)
    except OSError:
        return False
