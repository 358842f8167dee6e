"""What `grade batch` writes into its folder, by name: nothing else there may be called so."""

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
