"""How the applications reach Kafka."""
