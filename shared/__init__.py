"""What both applications of the platform use: settings, events, and how to reach Kafka.

Docker Compose mounts this folder at `/app/shared` in both containers, so the applications import it as `shared`.
"""
