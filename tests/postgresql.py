"""A PostgreSQL server of the tests' own, from the system's packages."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

OWNER, PASSWORD = "shiprisk", "not-for-the-screen"

_NUMBERS = count()


@dataclass(frozen=True)
class Server:
    """A server that listens on a socket in its own directory only."""

    programs: Path
    home: Path
    user: str | None

    def address(self, database: str) -> str:
        return f"postgresql://{OWNER}:{PASSWORD}@/{database}?host={self.home}"

    def new_database(self) -> str:
        """The address of an empty database."""
        import psycopg

        name = f"audit{next(_NUMBERS)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def start(self) -> None:
        heard = f"-k {self.home} -c listen_addresses=''"
        self.run(
            "pg_ctl", "-w", "-D", self.data, "-l", str(self.home / "log"), "-o", heard, "start"
        )

    def stop(self, crash: bool = False) -> None:
        """crash: without another word to the disk."""
        self.run("pg_ctl", "-w", "-D", self.data, "-m", "immediate" if crash else "fast", "stop")

    @property
    def data(self) -> str:
        return str(self.home / "data")

    def run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(self.programs / program), *words],
            cwd=self.home,
            user=self.user,
            stdout=subprocess.DEVNULL,  # the server would keep a pipe open
            stderr=subprocess.DEVNULL,
        )
        assert done.returncode == 0, (program, words, self.log())

    def log(self) -> str:
        file = self.home / "log"
        return file.read_text(encoding="utf-8") if file.exists() else "no log"


@contextmanager
def running_server() -> Iterator[Server]:
    """A server for as long as it is wanted; skips, or on a build server fails, without one."""
    programs = _programs()
    home = Path(tempfile.mkdtemp(prefix="shiprisk-postgresql-"))
    server = Server(programs, home, _user(home))
    (home / "password").write_text(PASSWORD, encoding="utf-8")
    (home / "password").chmod(0o644)
    try:
        server.run(
            "initdb", "-D", server.data, "-U", OWNER, "-A", "scram-sha-256",
            f"--pwfile={home / 'password'}", "-E", "UTF8", "--locale=C", "-N",
        )  # fmt: skip
        server.start()
        yield server
        server.stop(crash=True)  # nobody reads it again
    finally:
        shutil.rmtree(home)


def _programs() -> Path:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or (str(versions[-1]) if versions else None)
    if found:
        return Path(found).resolve().parent
    told = "no PostgreSQL here: install Debian's package `postgresql`"
    return pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)


def _user(home: Path) -> str | None:
    """Who runs it: the server refuses to be run by root."""
    if os.getuid() != 0:
        return None
    import pwd  # only where there is a root

    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return nobody.pw_name
