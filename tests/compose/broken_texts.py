"""A compose file, and what students make of it: slips that can be mended, and slips that cost a line."""

from typing import Any

BASE = """\
# The answer
services:
  kafka:
    image: confluentinc/cp-kafka:7.6.0
    ports:
      - "9092:9092"
    environment:
      KAFKA_NODE_ID: 1
      KAFKA_PROCESS_ROLES: broker,controller
      # who votes
      KAFKA_CONTROLLER_QUORUM_VOTERS: 1@kafka:29093
      KAFKA_LISTENERS: PLAINTEXT://0.0.0.0:9092,CONTROLLER://0.0.0.0:29093
    volumes:
      - kafka_data:/var/lib/kafka/data

  app:
    build:
      context: ./apps/mongo_backend
    depends_on:
      kafka:
        condition: service_started
    environment:
      - DATABASE_NAME=social
      - KAFKA_CLIENT_ID=app
      - MONGODB_URL=mongodb://mongodb:27017
    volumes:
      - ./apps/mongo_backend:/app
      - ./shared:/app/shared

  mysql:
    image: mysql:8.0
    healthcheck:
      test: ["CMD", "mysqladmin", "ping", "-h", "localhost"]
      retries: 5
    environment:
      MYSQL_ROOT_PASSWORD: root
      MYSQL_USER: analytics
    volumes:
      - type: volume
        source: mysql_data
        target: /var/lib/mysql

volumes:
  kafka_data:
    driver: local
  mysql_data:
    driver: local
"""

ROLES = "services.kafka.environment.KAFKA_PROCESS_ROLES"
NODE = "services.kafka.environment.KAFKA_NODE_ID"
PASSWORD = "services.mysql.environment.MYSQL_ROOT_PASSWORD"
LOST = object()

# What was written, what a student made of it, and what the repaired file says otherwise than BASE (a path and the value
# there, LOST if it is gone).
MENDED: list[tuple[str, str, dict[str, Any]]] = [
    ("    environment:\n      KAFKA", "    environment\n      KAFKA", {}),
    ("    environment:\n      KAFKA", "    environment;\n      KAFKA", {}),
    ("    volumes:\n      - kafka", "    volumes\n      - kafka", {}),
    ("  kafka:\n    image", "  kafka\n    image", {}),
    ("  kafka_data:\n    driver", "  kafka_data\n    driver", {}),
    ("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID:1", {}),
    ("KAFKA_PROCESS_ROLES: b", "KAFKA_PROCESS_ROLES:b", {}),
    ("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID=1", {}),
    ("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID = 1", {}),
    ("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID 1", {}),
    ("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID： 1", {}),
    ("KAFKA_NODE_ID: 1", '"KAFKA_NODE_ID: 1"', {}),
    ("KAFKA_NODE_ID: 1", '"KAFKA_NODE_ID"="1"', {NODE: "1"}),
    ("KAFKA_NODE_ID: 1\n      KAFKA_PROCESS_ROLES: ", "KAFKA_NODE_ID=1\n      KAFKA_PROCESS_ROLES=", {}),
    ("image: mysql:8.0", "image:mysql:8.0", {}),
    ("image: mysql:8.0", "image mysql:8.0", {}),
    ("      KAFKA_NODE_ID: 1", "      - KAFKA_NODE_ID=1", {}),
    ("      KAFKA_PROCESS_ROLES: b", "      - KAFKA_PROCESS_ROLES: b", {}),
    ("      - KAFKA_CLIENT_ID=app", "      KAFKA_CLIENT_ID=app", {}),
    ("      - KAFKA_CLIENT_ID=app", "      KAFKA_CLIENT_ID: app", {}),
    ("      - KAFKA_CLIENT_ID=app", "      -KAFKA_CLIENT_ID=app", {}),
    ("      - KAFKA_CLIENT_ID=app", '      - "KAFKA_CLIENT_ID"="app"', {}),
    ("      - KAFKA_CLIENT_ID=app", "     - KAFKA_CLIENT_ID=app", {}),
    ("      - ./shared:/app/shared", "      -./shared:/app/shared", {}),
    ("      - ./shared:/app/shared", "      ./shared:/app/shared", {}),
    ("      - ./shared:/app/shared", '      - "./shared":"/app/shared"', {}),
    ("      - ./shared:/app/shared", '      - "./shared:/app/shared', {}),
    ("      - ./shared:/app/shared", "      -\t./shared:/app/shared", {}),
    (
        "      - ./shared:/app/shared",
        '      - ".\\shared:/app/shared"',
        {"services.app.volumes.1": ".\\shared:/app/shared"},
    ),
    ("      - ./shared:/app/shared", "      - @shared:/app", {"services.app.volumes.1": "@shared:/app"}),
    ("    volumes:\n      - kafka_data:/", "    volumes: - kafka_data:/", {}),
    ("        source: mysql_data\n        target", "      source: mysql_data\n      target", {}),
    ("      KAFKA_PROCESS_ROLES: b", "       KAFKA_PROCESS_ROLES: b", {}),
    ("      KAFKA_PROCESS_ROLES: b", "     KAFKA_PROCESS_ROLES: b", {}),
    ("      KAFKA_PROCESS_ROLES: b", "\tKAFKA_PROCESS_ROLES: b", {}),
    ("      KAFKA_PROCESS_ROLES: b", "      \tKAFKA_PROCESS_ROLES: b", {}),
    ("      KAFKA_PROCESS_ROLES: b", "     \xa0KAFKA_PROCESS_ROLES: b", {}),
    ("      KAFKA_NODE_ID: 1", "        KAFKA_NODE_ID: 1", {}),
    ("    volumes:\n      - kafka", "   volumes:\n      - kafka", {}),
    ("    volumes:\n      - kafka", "     volumes:\n      - kafka", {}),
    ("    environment:\n      KAFKA", "          environment:\n        KAFKA", {}),
    ("  mysql:\n", "   mysql:\n", {}),
    ("  mysql:\n", " mysql:\n", {}),
    ("services:\n", "    services:\n", {}),
    ("services:\n", "services:{\n", {}),
    ("  mysql:\n", "      mysql:\n", {}),
    ("  mysql:\n", "\tmysql:\n", {}),
    ("  app:\n", "app:\n", {}),
    ("  app:\n", "=  app:\n", {}),
    ("    image: mysql", "       image: mysql", {}),
    ("    volumes:\n      - kafka", "volumes:\n      - kafka", {}),
    ("      kafka:\n        condition", "  kafka:\n        condition", {}),
    ("\n  app:\n", "\t\n  app:\n", {}),
    ("      # who votes\n", "\t# who votes\n", {}),
    ("      retries: 5", "       retries: 5", {}),
    ("broker,controller", '"broker,controller', {}),
    ("broker,controller", "'broker,controller", {}),
    ("MYSQL_ROOT_PASSWORD: root", "MYSQL_ROOT_PASSWORD: root: pw", {PASSWORD: "root: pw"}),
    ("MYSQL_ROOT_PASSWORD: root", "MYSQL_ROOT_PASSWORD: @root", {PASSWORD: "@root"}),
    ("MYSQL_ROOT_PASSWORD: root", "MYSQL_ROOT_PASSWORD: %root # secret", {PASSWORD: "%root"}),
    ("MYSQL_ROOT_PASSWORD: root", "MYSQL_ROOT_PASSWORD: `root`", {PASSWORD: "`root`"}),
    ("MYSQL_ROOT_PASSWORD: root", "MYSQL_ROOT_PASSWORD: >root", {PASSWORD: ">root"}),
    ("MYSQL_ROOT_PASSWORD: root", "MYSQL_ROOT_PASSWORD: {root", {PASSWORD: "{root"}),
    ("MYSQL_ROOT_PASSWORD: root", "MYSQL_ROOT_PASSWORD: ]root[", {PASSWORD: "]root["}),
    ("MYSQL_ROOT_PASSWORD: root", "MYSQL_ROOT_PASSWORD: *", {PASSWORD: "*"}),
    ("MYSQL_ROOT_PASSWORD: root", "MYSQL_ROOT_PASSWORD: 'it's'", {PASSWORD: "it's"}),
    ("MYSQL_ROOT_PASSWORD: root", 'MYSQL_ROOT_PASSWORD: "a"b"', {PASSWORD: 'a"b'}),
    ("MYSQL_ROOT_PASSWORD: root", 'MYSQL_ROOT_PASSWORD: "a\\d"', {PASSWORD: "a\\d"}),
    ("MYSQL_ROOT_PASSWORD: root", "MYSQL_ROOT_PASSWORD: root\x01", {}),
    ('"localhost"]', '"localhost"', {}),
    ('"localhost"]', '"localhost]', {}),
]

# What was written, what a student made of it, the lines that are lost, and what is said otherwise.
DAMAGED: list[tuple[str, str, list[str], dict[str, Any]]] = [
    ("MYSQL_ROOT_PASSWORD: root", 'MYSQL_ROOT_PASSWORD: "ro" ot', ['MYSQL_ROOT_PASSWORD: "ro" ot'], {PASSWORD: LOST}),
    (
        "KAFKA_NODE_ID: 1\n      KAFKA_PROCESS",
        "KAFKA_NODE_ID: 1, KAFKA_PROCESS",
        ["KAFKA_NODE_ID: 1, KAFKA_PROCESS_ROLES: broker,controller"],
        {NODE: LOST, ROLES: LOST},
    ),
    (
        "    environment:\n      KAFKA_NODE_ID: 1",
        "    environment: KAFKA_NODE_ID: 1",
        ["environment: KAFKA_NODE_ID: 1"],
        {NODE: LOST},
    ),
    ("    environment:\n      KAFKA", "    // settings\n    environment:\n      KAFKA", ["// settings"], {}),
    ("    environment:\n      KAFKA", "    /* settings */\n    environment:\n      KAFKA", ["/* settings */"], {}),
    ("    environment:\n      KAFKA", "...\n    environment:\n      KAFKA", ["..."], {}),
    ("      KAFKA_NODE_ID: 1\n", "-     KAFKA_NODE_ID: 1\n", ["-     KAFKA_NODE_ID: 1"], {NODE: LOST}),
    ("# The answer\n", "My solution for exercise 2\n\n", ["My solution for exercise 2"], {}),
    ("# The answer\n", "My solution: exercise 2: done\n", ["My solution: exercise 2: done"], {}),
    ("# The answer\n", "```yaml\n", ["```yaml", "```"], {}),
    (
        "      KAFKA_NODE_ID: 1\n",
        "<<<<<<< HEAD\n      KAFKA_NODE_ID: 1\n=======\n      KAFKA_NODE_ID: 2\n>>>>>>> theirs\n",
        ["<<<<<<< HEAD", "=======", "KAFKA_NODE_ID: 2", ">>>>>>> theirs"],
        {},
    ),
    ("      KAFKA_NODE_ID: 1\n", "      $ docker compose up\n      KAFKA_NODE_ID: 1\n", ["$ docker compose up"], {}),
    (
        "  mysql_data:\n    driver: local\n",
        "  mysql_data:\n    driver: local\nPS C:\\> up: no: x\n",
        ["PS C:\\> up: no: x"],
        {},
    ),
]
