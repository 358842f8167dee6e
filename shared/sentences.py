"""What both applications say about what is missing or wrong, with the name of the variable that says so.

They stand together because `docker compose logs` is read by people and by programs: change no sentence lightly.
"""

# Settings
NOT_SET = "{name} is not set. It says {meaning}. Add it to the environment of this service in docker-compose.yml."
NO_PORT = "{name} is {value!r}, which is no port: a port is a number from 1 to 65535."
NO_MONGODB_ADDRESS = "MONGODB_URL is no address of MongoDB: {reason}"
NO_DATABASE_NAME = "DATABASE_NAME is no name for a database: {reason}"

# Mounts
CODE_NOT_MOUNTED = (
    "nothing is mounted at {folder}: this is the code in the image, so edits on your computer change nothing here "
    "(see the volumes of this service)"
)

# Waiting for another service; `what` is one of the three below
WAITING = "waiting for {what}: {reason}"
REACHED = "reached {what}"
GAVE_UP = "gave up waiting for {what} after {seconds:.0f} seconds: {reason}"

MONGODB = "MongoDB at {url} (MONGODB_URL)"
KAFKA = "Kafka at {servers} (KAFKA_BOOTSTRAP_SERVERS)"
MYSQL = "MySQL at {host}:{port} (MYSQL_HOST, MYSQL_PORT)"

# Why nobody answers at an address
UNKNOWN_HOST = "no running service on its networks is called {host}"
NOBODY = "nobody answers there"
NOBODY_AT_HOME = "nobody answers there: {host} is this container itself"
NO_SERVER = "{address} is no address of the form host:port"
SOMETHING_ELSE = "something listens there, but {what} does not answer"

# MongoDB
MONGODB_LOGIN = "{mongodb} asks for a log-in: user and password in the address are missing or wrong"
MONGODB_UNUSABLE = "{mongodb} cannot be used: {reason}"
MONGODB_AWAY = "MongoDB does not answer any more; waiting until it does (MONGODB_URL)"

# Kafka
ADVERTISED = (
    "it answers, but says that clients must use {host}:{port}, and nobody answers there "
    "(KAFKA_ADVERTISED_LISTENERS of the service kafka)"
)
MISSING_TOPICS = "missing: {topics} (KAFKA_AUTO_CREATE_TOPICS_ENABLE of the service kafka)"
NOT_IN_GROUP = (
    "Kafka does not let the group {group} in: with a single broker, see KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR of the "
    "service kafka"
)
NOT_DELIVERED = "events wait in MongoDB, {kafka} does not take them: {reason}"
NOT_COMMITTED = "Kafka does not take the progress of the group: {reason}"
KAFKA_AWAY = "Kafka does not answer any more; waiting until it does (KAFKA_BOOTSTRAP_SERVERS)"

# MySQL
MYSQL_LOGIN = "{mysql} refuses the log-in of {user} (MYSQL_USER, MYSQL_PASSWORD)"
MYSQL_NO_DATABASE = "{mysql} has no database {database} for {user} (MYSQL_DATABASE)"
MYSQL_NO_TABLES = "{mysql} does not let {user} make tables in {database} (MYSQL_USER, MYSQL_DATABASE): {reason}"
