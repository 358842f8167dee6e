"""A compose file as Docker Compose v2 reads it; the entry is `grader.compose.loader.load`."""
