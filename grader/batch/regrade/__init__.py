"""`--regrade OLD`: a run beside an earlier one."""
