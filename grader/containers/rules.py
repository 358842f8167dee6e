"""Every rule by which a problem can be looked up, with the place in the start of its container and the source.

Checks find problems by these words, so a word is never given another meaning. Nothing imports this table at run time; a
test holds it complete.
"""

SCRIPT = "cp-kafka 7.6: start script"
CONFIG = "Kafka 3.6: KafkaConfig, built by kafka-storage format"
TYPES = "Kafka 3.6: ConfigDef"
FORMAT = "Kafka 3.6: StorageTool"
START = "Kafka 3.6: start of the server"
CLIENTS = "Kafka 3.6: clients in other containers"
MONGO = "docker-library/mongo: start script"
MYSQL = "docker-library/mysql: start script"
MYSQL_SQL = "docker-library/mysql: SQL of the first start"

KAFKA_RULES: dict[str, str] = {
    # the script
    "roles-missing": SCRIPT,
    "cluster-id-missing": SCRIPT,
    "advertised-on-controller": SCRIPT + ", and KafkaConfig",
    "advertised-missing": SCRIPT,
    "config-dir-unwritable": SCRIPT,
    "deprecated-variable": SCRIPT,
    "ssl-keys-missing": SCRIPT,
    "sasl-options-missing": SCRIPT,
    "data-dir-unwritable": SCRIPT,
    "volume-shared": SCRIPT + ", the data folder belongs to another server",
    "java-options": "Kafka 3.6: kafka-run-class",
    # types, in the order of definition
    "node-id-type": TYPES,
    "roles-unknown": TYPES,
    "value-type": TYPES,
    "value-bounds": TYPES,
    "value-choice": TYPES,
    "voters-form": TYPES + ", RaftConfig",
    "voters-id": TYPES + ", RaftConfig",
    "voters-address": TYPES + ", RaftConfig",
    "voters-port": TYPES + ", RaftConfig",
    # the configuration as a whole
    "roles-duplicate": CONFIG,
    "map-form": CONFIG,
    "map-protocol": CONFIG,
    "listeners-parse": CONFIG,
    "listener-without-protocol": CONFIG,
    "listeners-same-name": CONFIG,
    "listeners-same-port": CONFIG,
    "early-start-unknown": CONFIG,
    "value-unfit": CONFIG,
    "node-id-two-values": CONFIG,
    "node-id-missing": CONFIG,
    "log-dirs-empty": CONFIG,
    "advertised-parse": CONFIG,
    "advertised-same-name": CONFIG,
    "roles-blank": CONFIG,
    "voters-missing": CONFIG,
    "control-plane-listener": CONFIG,
    "advertised-controller": CONFIG,
    "listeners-on-controller": CONFIG,
    "node-id-not-voter": CONFIG,
    "controller-names-missing": CONFIG,
    "controller-name-unknown": CONFIG,
    "controller-names-only": CONFIG,
    "broker-is-voter": CONFIG,
    "controller-on-broker": CONFIG,
    "advertised-empty": CONFIG,
    "inter-broker-twice": CONFIG,
    "inter-broker-empty": CONFIG,
    "inter-broker-unknown": CONFIG,
    "inter-broker-not-advertised": CONFIG,
    "advertised-unknown-listener": CONFIG,
    "advertised-meta-address": CONFIG,
    "sasl-mechanism": CONFIG,
    # formatting
    "cluster-id-form": FORMAT,
    "log-dir-unwritable": FORMAT,
    # after `===> Launching kafka ...`
    "sasl-without-login": START,
    "ssl-without-keys": START,
    "port-out-of-range": START,
    "bind-unknown-host": START,
    "bind-foreign-host": START,
    "log-dir-twice": START,
    "log-dir-has-folders": START,
    "advertised-port-out-of-range": START,
    "voters-too-many": START,
    "controller-missing": START,
    "voter-unreachable": START,
    "harmful-setting": START + ", or clients: a further setting that nothing asks for",
    # after `Kafka Server started`
    "broker-missing": CLIENTS,
    "client-port-unserved": CLIENTS,
    "listener-out-of-reach": CLIENTS,
    "listener-not-advertised": CLIENTS,
    "advertised-unreachable": CLIENTS,
    "offsets-replication": CLIENTS,
    "auto-create-off": CLIENTS,
    "default-replication": CLIENTS,
    "min-insync-replicas": CLIENTS,
}
MONGODB_RULES: dict[str, str] = {
    "variable-and-file": MONGO,
    "file-missing": MONGO,
    "root-half": MONGO,
    "data-read-only": "mongod",
    "client-login": "mongod: the URL of a client lacks the log-in; the fault of the client's own check",
}
MYSQL_RULES: dict[str, str] = {
    "variable-and-file": MYSQL,
    "file-missing": MYSQL,
    "data-read-only": "mysqld",
    "volume-shared": "mysqld --initialize",
    "root-password-missing": MYSQL,
    "user-root": MYSQL,
    "sql-quote": MYSQL_SQL,
    "root-password-backslash": MYSQL_SQL,
    "database-too-long": MYSQL_SQL,
    "database-name": MYSQL_SQL,
    "user-too-long": MYSQL_SQL,
    "password-too-long": MYSQL_SQL,
    "client-password": MYSQL_SQL,
    "server-port": "mysqld: its port",
    "user-without-password": MYSQL,
    "password-without-user": MYSQL,
    "database-missing": "mysqld: the user has no rights",
    "password-escape": "mysqld: another password is stored",
    "root-host-local": "mysqld: root may not log in over the network",
}
