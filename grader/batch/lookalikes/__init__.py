"""Submissions that share what hardly anybody else has: what is compared (`traits`), and how it is found (`search`)."""
