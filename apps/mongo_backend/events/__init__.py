"""How events leave the app."""
