"""`grade --watch`: grade again after every save. Nothing here is imported without that option."""
