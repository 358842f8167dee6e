"""cp-kafka 7.6: what the image makes of its environment, and what Kafka 3.6 does with that."""

from grader.containers.kafka.listeners import Listener, Unparsed
from grader.containers.kafka.model import Kafka, read
from grader.containers.kafka.properties import Property
from grader.containers.kafka.voters import BadVoter, Voter

__all__ = ["BadVoter", "Kafka", "Listener", "Property", "Unparsed", "Voter", "read"]
