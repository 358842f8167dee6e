"""The settings of a Kafka client, read from the environment of its container."""

from dataclasses import dataclass

from shared.settings import optional, required

Setting = str | int | float | bool

DELIVERY_TIMEOUT_MS = 5_000
SESSION_TIMEOUT_MS = 10_000
# librdkafka: 2 is "critical". It reports each failed connection as an error; we say it once, in our own words.
CLIENT_LOG_LEVEL = 2


@dataclass(frozen=True, kw_only=True)
class KafkaConfig:
    """Where Kafka is and who asks.

    `bootstrap_servers` is `host:port`, several separated by commas. librdkafka: the port may be left out (9092), and a
    protocol may stand in front (`PLAINTEXT://host:port`).
    """

    bootstrap_servers: str
    client_id: str
    group_id: str | None = None

    @classmethod
    def from_env(cls) -> "KafkaConfig":
        """Read KAFKA_BOOTSTRAP_SERVERS and KAFKA_CLIENT_ID, and KAFKA_GROUP_ID, which only a consumer needs.

        Raises SettingsError, which names the missing variable.
        """
        return cls(
            bootstrap_servers=required("KAFKA_BOOTSTRAP_SERVERS", "where Kafka is, in the form host:port"),
            client_id=required("KAFKA_CLIENT_ID", "under which name this program appears in Kafka's logs"),
            group_id=optional("KAFKA_GROUP_ID"),
        )

    def to_producer_config(self) -> dict[str, Setting]:
        """Return the settings of a producer: a message counts as sent when the broker has stored it, once."""
        return {
            **self._common(),
            "acks": "all",
            "enable.idempotence": True,
            "message.timeout.ms": DELIVERY_TIMEOUT_MS,
        }

    def to_consumer_config(self, group_id: str) -> dict[str, Setting]:
        """Return the settings of a consumer in the group `group_id`.

        The consumer reads from the first message on and says itself how far it is (no automatic commit).
        """
        return {
            **self._common(),
            "group.id": group_id,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "session.timeout.ms": SESSION_TIMEOUT_MS,
            "allow.auto.create.topics": True,
        }

    def to_admin_config(self) -> dict[str, Setting]:
        """Return the settings of a client that only asks questions."""
        return self._common()

    def _common(self) -> dict[str, Setting]:
        return {
            "bootstrap.servers": self.bootstrap_servers,
            "client.id": self.client_id,
            "log_level": CLIENT_LOG_LEVEL,
        }
