"""A MariaDB and a Redis of our own, with their own data and ports, that may be killed."""

import os
import shutil
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path

from edubot.tests.stack import Leash, eventually, execute, free_port

STARTS_WITHIN = 60  # seconds
SBIN = "/usr/sbin:/usr/local/sbin"


def program(name: str) -> str | None:
    """Where `name` is installed; servers often lie outside a user's PATH."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:{SBIN}")


class Server(ABC):
    """One server process that can be killed and started again with the same data."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        self.folder = folder
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.leash: Leash | None = None

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=log, start_new_session=True
            )
        self.leash = Leash(self.process)
        eventually(self.answers, STARTS_WITHIN, f"{self.command[0]} answers")

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process:
            self.process.send_signal(number)
            self.process.wait()
            self.process = None
        if self.leash:
            self.leash.release()
            self.leash = None

    def restart(self, number: signal.Signals, away_for: float) -> None:
        """End it with signal `number`, leave it away for so many seconds, start it again."""
        self.end(number)
        time.sleep(away_for)
        self.start()

    @abstractmethod
    def answers(self) -> bool:
        """Whether it takes questions yet."""


class MariaDB(Server):
    """`options` are the server's own, for instance another default isolation."""

    def __init__(self, folder: Path, *options: str) -> None:
        folder.mkdir(parents=True)
        self.port = free_port()
        self.url = f"mysql://root@127.0.0.1:{self.port}/edubot"
        data, user = folder / "data", "root" if os.geteuid() == 0 else os.environ.get("USER", "")
        made = subprocess.run(
            [
                program("mariadb-install-db") or "mariadb-install-db",
                "--no-defaults",
                f"--datadir={data}",
                f"--user={user}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ],
            check=False,
            capture_output=True,
        )
        assert made.returncode == 0, (made.stdout + made.stderr).decode()
        command = [
            program("mariadbd") or "mariadbd",
            "--no-defaults",
            f"--datadir={data}",
            f"--user={user}",
            f"--socket={folder / 'socket'}",
            f"--port={self.port}",
            "--bind-address=127.0.0.1",
            "--innodb-flush-log-at-trx-commit=1",
            *options,
        ]
        super().__init__(folder, command)
        self.start()
        execute(self.url, "CREATE DATABASE edubot CHARACTER SET utf8mb4")

    def answers(self) -> bool:
        import MySQLdb

        with suppress(MySQLdb.Error):
            execute(self.url, "SELECT 1")
            return True
        return False


class Redis(Server):
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        command = [
            program("redis-server") or "redis-server",
            *("--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder)),
            *("--save", "", "--appendonly", "no"),
        ]
        super().__init__(folder, command)
        self.start()

    def answers(self) -> bool:
        import redis

        with redis.Redis(port=self.port, socket_timeout=1) as client, suppress(redis.RedisError):
            return bool(client.ping())
        return False

    def empty(self) -> None:
        """Every nudge on its way is lost."""
        import redis

        with redis.Redis(port=self.port, socket_timeout=2) as client, suppress(redis.RedisError):
            client.flushall()
