"""One small module a step of the verification."""
