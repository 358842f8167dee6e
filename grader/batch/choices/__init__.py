"""What a student wrote for each check, in texts that may be shown: no password is in them."""
