"""What changed since an earlier run."""
