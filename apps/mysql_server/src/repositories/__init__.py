"""How each record becomes rows."""
