"""What a student chose freely, as hashes."""
