"""The topics: one for each domain."""

TOPIC_OF_KIND = {"user": "users", "product": "products", "order": "orders", "post": "posts"}
TOPICS = tuple(TOPIC_OF_KIND.values())
