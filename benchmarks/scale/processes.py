"""Whole processes, as one calls them: the first index, later starts, broad answers and reports in every format.

A process is measured as the system counts it: seconds of the processor, by the wall, and the most memory that it held.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.scale.demands import NARROW, WIDEST

_FOUND = (0, 1)
"""The exit codes of calls that could be carried out."""


class Process(NamedTuple):
    """What one process took: seconds of a processor and by the wall, megabytes at most, and megabytes that it wrote."""

    seconds: float
    wall: float
    megabytes: float
    written: float


def starts(folder: Path) -> dict[str, Process | int]:
    """The first index, of so many sentences; an unchanged start; one after a product was changed. Each answers a narrow
    demand."""
    shutil.rmtree(folder / ".vkd", ignore_errors=True)
    first, second = _run(folder, NARROW), _run(folder, NARROW)
    _change_a_product(folder)
    with sqlite3.connect(folder / ".vkd/register.sqlite") as stored:
        (sentences,) = stored.execute("SELECT sum(sentences) FROM file").fetchone()
    changed = _run(folder, NARROW)
    return {"sentences": sentences, "first index": first, "second start": second, "a product changed": changed}


def answers(folder: Path) -> dict[str, Process]:
    """The widest demand, in each format."""
    return {f"widest, {form}": _run(folder, WIDEST, form) for form in ("text", "markdown", "json")}


def reports(folder: Path) -> dict[str, Process]:
    """All findings in all product files, in each format: two in each product, whose data are not on this machine."""
    return {f"check, {form}": _vkd("check", "--output-format", form, folder=folder) for form in _REPORTS}


_REPORTS = ("text", "json", "sarif", "github")


def _run(folder: Path, line: str, form: str = "text") -> Process:
    demand = f"0 / Demand description / q\n1 / {line} / .\n"
    return _vkd("run", "--output-format", form, "-", folder=folder, said=demand)


def _change_a_product(folder: Path) -> None:
    """Gives the first product another form than it has."""
    file = folder / "products/p0000.vkd"
    text = file.read_text(encoding="utf-8")
    before, after = ("csv", "table") if "form=csv" in text.partition("\n")[0] else ("table", "csv")
    file.write_text(text.replace(f"form={before}", f"form={after}", 1), encoding="utf-8")


def _vkd(*arguments: str, folder: Path, said: str = "") -> Process:
    program = [sys.executable, "-m", "vkd_server", *arguments]
    began = time.perf_counter()
    # What is printed goes through a pipe that is read, as by another program, and counted.
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(said.encode())
        child.stdin.close()
        written = sum(map(len, iter(partial(child.stdout.read, 2**16), b"")))
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode in _FOUND
    return Process(
        usage.ru_utime + usage.ru_stime, time.perf_counter() - began, usage.ru_maxrss / 1024, written / 2**20
    )
