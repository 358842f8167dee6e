"""From Kafka to MySQL."""
