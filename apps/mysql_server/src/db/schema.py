"""The tables. They are made at the start of the service where they are missing."""

from mysql.connector import ProgrammingError
from mysql.connector.pooling import MySQLConnectionPool

from shared.sentences import MYSQL_NO_TABLES
from shared.settings import GaveUp
from src.db.connection import MySQLConfig, transaction

# What every record has: see `shared.models.Record`. A deleted record stays, marked.
RECORD = """
    id CHAR(24) NOT NULL PRIMARY KEY,
    revision INT UNSIGNED NOT NULL,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    deleted BOOLEAN NOT NULL,
"""

TABLES = {
    "users": f"""{RECORD}
    username VARCHAR(32) NOT NULL,
    email VARCHAR(254) NOT NULL,
    full_name VARCHAR(120) NOT NULL""",
    "products": f"""{RECORD}
    name VARCHAR(120) NOT NULL,
    description VARCHAR(2000) NOT NULL,
    price_cents INT UNSIGNED NOT NULL""",
    "orders": f"""{RECORD}
    user_id CHAR(24) NOT NULL,
    status VARCHAR(16) NOT NULL,
    total_cents BIGINT UNSIGNED NOT NULL,
    KEY by_user (user_id)""",
    "order_items": """
    order_id CHAR(24) NOT NULL,
    position SMALLINT UNSIGNED NOT NULL,
    product_id CHAR(24) NOT NULL,
    product_name VARCHAR(120) NOT NULL,
    unit_price_cents INT UNSIGNED NOT NULL,
    quantity INT UNSIGNED NOT NULL,
    PRIMARY KEY (order_id, position),
    KEY by_product (product_id)""",
    "posts": f"""{RECORD}
    author_id CHAR(24) NOT NULL,
    text VARCHAR(2000) NOT NULL,
    KEY by_author (author_id)""",
    "post_products": """
    post_id CHAR(24) NOT NULL,
    position SMALLINT UNSIGNED NOT NULL,
    product_id CHAR(24) NOT NULL,
    PRIMARY KEY (post_id, position),
    KEY by_product (product_id)""",
    "dead_events": """
    topic VARCHAR(249) NOT NULL,
    partition_number INT NOT NULL,
    offset_number BIGINT NOT NULL,
    reason VARCHAR(500) NOT NULL,
    message_key VARBINARY(500),
    body MEDIUMBLOB,
    kept_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (topic, partition_number, offset_number)""",
}


def create_tables(pool: MySQLConnectionPool, config: MySQLConfig) -> None:
    """Make the tables that are missing; raises GaveUp if MySQL does not let the user do it."""
    try:
        with transaction(pool) as cursor:
            for name, columns in TABLES.items():
                cursor.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns}\n) CHARACTER SET utf8mb4")
    except ProgrammingError as error:
        raise GaveUp(
            MYSQL_NO_TABLES.format(mysql=config, user=config.user, database=config.database, reason=error.msg)
        ) from error
