"""The real processes of the Procfile, for tests and measurements that kill them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def eventually(check: Callable[[], Any], seconds: float = 30, what: str = "") -> Any:
    """The first true result of `check`; AssertionError if there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := check():
            return result
        time.sleep(0.1)
    raise AssertionError(f"Not within {seconds} s: {what or check.__name__}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Leash:
    """Kills a process and its children should we end first, however we end."""

    def __init__(self, leader: subprocess.Popen[bytes]) -> None:
        """`leader` leads a process group (`start_new_session`)."""
        # Its input ends with us. Released by SIGKILL: it never comes to its second command.
        self.watcher = subprocess.Popen(
            ["/bin/sh", "-c", f"read -r _; kill -s KILL -- -{leader.pid}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def release(self) -> None:
        self.watcher.kill()
        self.watcher.communicate()


class Stack:
    """Web, worker, beat and simulator with a database and a broker of their own."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        broker_url: str,
        processes: tuple[str, ...] = ("web", "worker", "beat", "simulator"),
        port: int = 0,
        **env: str,
    ) -> None:
        self.folder = folder
        self.processes = processes
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.leashes: dict[str, Leash] = {}
        bin_folder = Path(sys.executable).parent
        self.env = {
            "PATH": f"{bin_folder}:{os.environ['PATH']}",
            "HOME": os.environ.get("HOME", "/tmp"),
            "ENV_FILE": os.devnull,
            "PORT": str(self.port),
            "SIMULATOR_URL": self.url,
            "DATABASE_URL": database_url,
            "CELERY_BROKER_URL": broker_url,
            "CELERY_QUEUE": f"edubot-test-{self.port}",
            "BROKER_FOLDER": str(folder / "broker"),
            "MEDIA_ROOT": str(folder / "media"),
            "BEAT_SCHEDULE": str(folder / "beat"),
            "WHATSAPP_LEASE_SECONDS": "5",
            "WHATSAPP_RECONCILE_WAIT_SECONDS": "10",
            "WEB_CONCURRENCY": "1",
            "WORKER_CONCURRENCY": "2",
        } | env

    def __enter__(self) -> "Stack":
        self.prepare()
        try:
            for name in self.processes:
                self.start(name)
            eventually(self._is_ready, START_SECONDS, "the processes are ready")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.running.values():
            process.terminate()
        for name in list(self.running):
            self.stop(name)

    def prepare(self) -> None:
        self.manage("migrate", "--no-input", "--verbosity", "0")
        self.manage("demo")

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def start(self, name: str) -> None:
        command = next(
            line.partition(":")[2]
            for line in (ROOT / "Procfile").read_text().splitlines()
            if line.startswith(f"{name}:")
        )
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                ["/bin/sh", "-c", f"exec {command}"],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.leashes[name] = Leash(self.running[name])

    def kill(self, name: str) -> None:
        """SIGKILL the process and its children: nobody gets to say goodbye."""
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.leashes.pop(name).release()

    def revive(self) -> list[str]:
        """Start again what has ended by itself, as a supervisor does; the names of those."""
        ended = [name for name, process in self.running.items() if process.poll() is not None]
        for name in ended:
            self.kill(name)  # what is left of its children
            self.start(name)
        return ended

    def children(self, name: str) -> list[int]:
        """The process ids that `name` has forked: gunicorn's workers, Celery's pool."""
        pid = self.running[name].pid
        return [
            int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]

    def stop(self, name: str) -> None:
        process = self.running.pop(name)
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.leashes.pop(name).release()

    def logs(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def _is_ready(self) -> bool:
        try:
            return requests.get(f"{self.url}/readyz", timeout=2).ok
        except requests.RequestException:
            return False


class Desk:
    """An integrator with a token."""

    def __init__(self, stack: Stack) -> None:
        self.url = f"{stack.url}/api"
        self.session = requests.Session()
        token = stack.manage("api_token", "create", "demo")
        self.session.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: str) -> Any:
        answer = self.session.get(f"{self.url}/{path}", params=query, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, *, key: str = "", **body: str) -> Any:
        """`key`: done once, however often it is asked for."""
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.session.post(f"{self.url}/{path}", json=body, headers=headers, timeout=10)
        answer.raise_for_status()
        return answer.json()


class SimulatedStudent:
    """One of the demo's students, through the simulator's own API."""

    def __init__(self, stack: Stack, name: str = "John Doe") -> None:
        self.url = f"{stack.url}/simulator/api/students"
        self.session = requests.Session()
        self.session.get(f"{stack.url}/simulator/", timeout=10)
        self.session.headers["X-CSRFToken"] = self.session.cookies.get("csrftoken", "")
        students = self.session.get(self.url, timeout=10).json()["students"]
        self.id = next(student["id"] for student in students if student["name"] == name)

    def say(self, text: str) -> None:
        answer = self.session.post(f"{self.url}/{self.id}/say", json={"text": text}, timeout=10)
        answer.raise_for_status()

    def misbehave(self, **moods: bool) -> None:
        """Meta, that is: the switches of the simulator."""
        address = self.url.removesuffix("/students") + "/misbehaviour"
        self.session.post(address, json=moods, timeout=10).raise_for_status()

    def received(self) -> list[dict[str, Any]]:
        answer = self.session.get(f"{self.url}/{self.id}/messages", timeout=10)
        return [shown for shown in answer.json()["messages"] if not shown["from_student"]]

    def texts(self) -> list[str]:
        return [shown["text"] for shown in self.received()]

    def waits_for(self, words: str, seconds: float = 30) -> dict[str, Any]:
        """The first message of the business that contains `words`."""
        return eventually(
            lambda: next((m for m in self.received() if words in m["text"]), None),
            seconds,
            f"{words!r} on the phone",
        )


@contextmanager
def mysql_database(url: str) -> Iterator[str]:
    """The URL of an empty database on the server of `url`, dropped afterwards."""
    name = f"edubot_processes_{os.getpid()}"
    execute(url, f"DROP DATABASE IF EXISTS {name}")
    execute(url, f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
    yield f"{url.rsplit('/', 1)[0]}/{name}"
    execute(url, f"DROP DATABASE {name}")


def execute(url: str, statement: str) -> None:
    """Run one statement on the server of `url`."""
    import MySQLdb
    from environ import Env

    server = Env.db_url_config(url)
    login = {"host": server["HOST"], "user": server["USER"], "passwd": server["PASSWORD"]}
    with closing(MySQLdb.connect(port=int(server["PORT"] or 3306), **login)) as connection:
        connection.cursor().execute(statement)
