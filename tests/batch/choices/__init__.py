"""What was written for each check."""
