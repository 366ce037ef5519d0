"""How EduBot talks to SQLite and to MySQL or MariaDB."""

from typing import Any

# Lock waits end after five seconds, so that a stuck neighbour costs a retry and not a minute.
MYSQL_SESSION = (
    "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 5, sql_mode = "
    "'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"
)


def harden(database: dict[str, Any]) -> dict[str, Any]:
    """`database` with the options that EduBot's promises rest on.

    SQLite takes the write lock at the start of a transaction (upgrading later fails with
    "database is locked") and lets readers go on beside one writer. MySQL reads what is committed
    (REPEATABLE READ deadlocks on new contacts) and keeps every emoji.
    """
    options = database.setdefault("OPTIONS", {})
    if database["ENGINE"].endswith("sqlite3"):
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL",
        }
    elif database["ENGINE"].endswith("mysql"):
        options |= {
            "charset": "utf8mb4",
            "isolation_level": "read committed",
            "init_command": MYSQL_SESSION,
        }
        database["TEST"] = {"CHARSET": "utf8mb4"}
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    return database
