"""A PostgreSQL server of the tests' own: a cluster in a folder of its own, reached by a socket there, gone afterwards.

The binaries are looked for on the search path and where Debian puts them; `.ci/run` installs its package. Without them
the tests that need a server are skipped by name. What is waited for a disk is left out: nobody keeps what is tested.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.folders import folder_for_all

_DEBIAN = "/usr/lib/postgresql"
_PORT = "54321"
_QUICK = {"fsync": "off", "full_page_writes": "off", "max_connections": "200"}
_SETTINGS = {"listen_addresses": "''", "port": _PORT, "shared_buffers": "64MB", **_QUICK}

MISSING = "no PostgreSQL server: initdb and postgres are not on PATH, nor in /usr/lib/postgresql"


def binaries() -> Path | None:
    """The folder with the server's programs; None where there is none."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path(_DEBIAN).glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "postgres").exists() and (place / "initdb").exists()), None)


@contextmanager
def running(programs: Path, settings: Mapping[str, str] = {}) -> Iterator[Mapping[str, str]]:
    """A server with an empty database, as libpq's environment says where it is."""
    with folder_for_all() as folder:
        _run(programs / "initdb", "-D", folder / "data", "-U", "vkd", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        stated = {**_SETTINGS, "unix_socket_directories": f"'{folder}'", **settings}
        with (folder / "data/postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = {value}\n" for name, value in stated.items())
        _run(programs / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w", "start")
        try:
            yield {"PGHOST": str(folder), "PGPORT": _PORT, "PGUSER": "vkd", "PGDATABASE": "postgres"}
        finally:
            _run(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")


@contextmanager
def killed(environment: Mapping[str, str]) -> Iterator[None]:
    """A running server is struck dead, whatever it does, and is there again afterwards, with what it had committed."""
    strike_dead(environment)
    try:
        yield
    finally:
        start_again(environment)


@contextmanager
def crashed(environment: Mapping[str, str], process: int) -> Iterator[None]:
    """One process of a running server is struck dead, and so the server ends all others and reads its log; afterwards
    it takes questions again."""
    import psycopg

    with psycopg.connect(conninfo(environment), autocommit=True) as beside:
        os.kill(process, signal.SIGKILL)
        yield
        with suppress(psycopg.OperationalError):
            while not beside.closed:
                beside.execute("SELECT true")
                time.sleep(0.01)
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        with suppress(psycopg.OperationalError):
            return psycopg.connect(conninfo(environment)).close()
        time.sleep(0.02)


def strike_dead(environment: Mapping[str, str]) -> None:
    """Kills every process of a server, without a word to any of them."""
    import psycopg

    with psycopg.connect(conninfo(environment), autocommit=True) as connection:
        processes = connection.execute("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()").fetchall()
    first = int((_data(environment) / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
    for number in (first, *(number for (number,) in processes)):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def start_again(environment: Mapping[str, str]) -> None:
    """Starts a server that was struck dead; when this returns it has read its log and takes questions."""
    data = _data(environment)
    # Its processes are gone. Where nobody asks how they ended, their numbers are not, and it would not start.
    (data / "postmaster.pid").unlink(missing_ok=True)
    (data.parent / f".s.PGSQL.{_PORT}.lock").unlink(missing_ok=True)
    _run(_programs() / "pg_ctl", "-D", data, "-l", data.parent / "log", "-w", "start")


def _data(environment: Mapping[str, str]) -> Path:
    return Path(environment["PGHOST"]) / "data"


def _programs() -> Path:
    programs = binaries()
    assert programs is not None
    return programs


def prepare_register() -> None:
    """Makes a shared register on the server that libpq's environment names."""
    from vkd_catalog.engines import Place
    from vkd_catalog.engines.shared.setting_up import prepare

    prepare(Place())


def spread_register_on(nodes: Sequence[Mapping[str, str]]) -> None:
    """Makes a register in the schema `spread` there, whose sentences lie on other servers."""
    from vkd_catalog.engines import Place
    from vkd_catalog.engines.shared.setting_up import prepare, spread

    place = Place(schema="spread")
    prepare(place)
    spread(place, [conninfo(node) for node in nodes])


def conninfo(environment: Mapping[str, str]) -> str:
    """Where a server is, as libpq's connection string."""
    names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGDATABASE": "dbname"}
    return " ".join(f"{names[name]}={value}" for name, value in environment.items())


def emptied(schema: str = "vkd") -> None:
    """Forgets all that is registered in a schema on the server that libpq's environment names."""
    import psycopg

    with psycopg.connect() as connection:
        for table in ("sentence", "swept_later", "product", "file", "missed", "term", "writer", "coding", "workspace"):
            connection.execute(f"DELETE FROM {schema}.{table}".encode())


def _run(*command: object) -> None:
    """Runs one of the server's programs, which refuse to be run by root."""
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        import pwd

        nobody = pwd.getpwnam("nobody")
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, cwd="/", **user)
