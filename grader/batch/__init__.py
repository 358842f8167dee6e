"""A whole class at once: submissions in (`sources/`), results kept, gradebooks, pages and a dashboard out."""
