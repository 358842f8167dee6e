"""The connection to MySQL and the tables."""
