"""Groups of submissions that share what hardly anybody else chose."""
