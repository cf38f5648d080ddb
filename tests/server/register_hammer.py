"""Whatever befalls the stored register, `vkd run` answers as without one, and the next call is whole again.

`pytest` does a few rounds (`test_register_hammer.py`); the long form is

    python -m tests.server.register_hammer --kills 1000 --exits 300 --damages 2000
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from vkd_server.cli import run_command

CENSUS = Path(__file__).parents[2] / "examples/folketelling"
REGISTER = ".vkd/register.sqlite"
_TOO_LONG_S = 300
_BUSY_S = 0.3
"""How long a call that registers everything takes, roughly."""


class Said(NamedTuple):
    """How a call ended: its exit code, what it printed, and what it complained of."""

    code: int
    answer: str
    complaint: str


class Call:
    """One call of `vkd` in a process of its own, which is spared importing everything anew.

    Without arguments it is `vkd run` of a demand of the census; `prepare` is what the process does to itself first.
    """

    def __init__(self, workspace: Path, *arguments: str, prepare: Callable[[], object] = bool) -> None:
        self._out, out = os.pipe()
        self._complaint, complaint = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if not self.pid:
            code = 99
            try:
                # Whoever runs this may have exchanged what is printed to.
                sys.stdout, sys.stderr = os.fdopen(out, "w"), os.fdopen(complaint, "w")
                demand = str(workspace / "demands/eksempel-3.vkd")
                prepare()
                code = run_command(arguments or ["run", demand, "--output-format", "json"])
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
                sys.stderr.write(f"Traceback: {error!r}")
            finally:
                with contextlib.suppress(Exception):
                    sys.stdout.flush()
                    sys.stderr.flush()
                os._exit(code)
        os.close(out)
        os.close(complaint)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def said(self) -> Said:
        said = []
        for pipe in (self._out, self._complaint):
            with os.fdopen(pipe, "rb") as file:
                said.append(file.read().decode("utf-8", "replace"))
        _, status = os.waitpid(self.pid, 0)
        return Said(os.waitstatus_to_exitcode(status), *said)


class Bench:
    """A workspace whose products change between two states, and what it answers in each."""

    def __init__(self, folder: Path, random: Random, products: int) -> None:
        self.workspace = folder / "census"
        self.random = random
        self.wrong: list[str] = []
        self.needs_a_hand = 0
        shutil.copytree(CENSUS, self.workspace, ignore=shutil.ignore_patterns(".vkd"))
        self._texts = {state: "".join(map(self._product, [state] * products, range(products))) for state in "ab"}
        self._answers = {}
        for state in "ab":
            self.turn_to(state)
            shutil.rmtree(self.workspace / ".vkd", ignore_errors=True)
            said = Call(self.workspace).said()
            assert said.code == 0, said
            self._answers[state] = json.loads(said.answer)
        assert self._answers["a"] != self._answers["b"]

    @staticmethod
    def _product(state: str, number: int) -> str:
        return (
            f"0 / Produktbeskrivelse / {state}{number} / data=F:{state}.csv; access=open; unit-id=Personnummer\n"
            f"1 / Personer / Personreg.nov.{60 if state == 'a' else 70} / Yrke / 19701101 / O\n"
            f"2 / Personer / Personreg.nov.70 / {'Kjønn' if number % 2 else 'Inntekt'} / 19701101 / .\n"
        )

    def turn_to(self, state: str) -> None:
        """Changes the products, all at once."""
        part = self.workspace / "many.part"
        part.write_text(self._texts[state], encoding="utf-8")
        part.replace(self.workspace / "products/many.vkd")
        self.state = state

    def turn(self) -> None:
        self.turn_to("b" if self.state == "a" else "a")

    def look(self, call: Call, when: str) -> bool:
        """Notes what is wrong with how a call ended; whether nothing is."""
        said = call.said()
        fault = ""
        if said.code != 0 or "Traceback" in said.complaint:
            fault = f"exit {said.code}: {said.complaint[-500:]}"
        elif json.loads(said.answer) != self._answers[self.state]:
            fault = "another answer"
        if fault:
            self.wrong.append(f"{when}: {fault}")
        return not fault

    def look_twice(self, when: str) -> None:
        """The next call, and the one after it, which finds what that one left."""
        good = [self.look(Call(self.workspace), f"{when}, call {number}") for number in (1, 2)]
        self.needs_a_hand += not good[1]

    def wait_for_writing(self) -> None:
        """Waits until anything in `.vkd/` changes, and a little longer."""
        until = time.monotonic() + _TOO_LONG_S / 100
        before = self._listed()
        while time.monotonic() < until and self._listed() == before:
            time.sleep(0.0005)
        time.sleep(self.random.choice((0, self.random.uniform(0, 0.01), self.random.uniform(0, _BUSY_S))))

    def _listed(self) -> list[tuple[str, int, int]]:
        with contextlib.suppress(OSError), os.scandir(self.workspace / ".vkd") as entries:
            return [(entry.name, (state := entry.stat()).st_size, state.st_mtime_ns) for entry in entries]
        return []


def kills(bench: Bench, rounds: int) -> None:
    """Kills a call at some moment of its registering, while two others read; each next round finds what it left."""
    for number in range(rounds):
        bench.turn()
        if number % 10 == 0:
            shutil.rmtree(bench.workspace / ".vkd", ignore_errors=True)
        writer = Call(bench.workspace)
        readers = [Call(bench.workspace) for _ in range(2)] if number % 3 else []
        if number % 2:
            bench.wait_for_writing()
        else:
            time.sleep(bench.random.uniform(0, _BUSY_S * 2))
        writer.kill()
        writer.said()
        for reader in readers:
            bench.look(reader, f"kill {number}, beside it")
        bench.look_twice(f"kill {number}")


def exits(bench: Bench, rounds: int) -> None:
    """Ends a language server in good order while it registers, with two others reading."""
    for number in range(rounds):
        bench.turn()
        server = subprocess.Popen(
            [sys.executable, "-m", "vkd_server", "server"],
            cwd=bench.workspace,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        readers = [Call(bench.workspace) for _ in range(2)] if number % 2 else []
        uri = (bench.workspace / "demands/eksempel-3.vkd").as_uri()
        text = (bench.workspace / "demands/eksempel-3.vkd").read_text(encoding="utf-8")
        _send(server, "initialize", {"capabilities": {}, "rootUri": bench.workspace.as_uri()}, 1)
        _send(server, "initialized", {})
        item = {"uri": uri, "languageId": "vkd", "version": 1, "text": text}
        _send(server, "textDocument/didOpen", {"textDocument": item})
        if readers:
            time.sleep(bench.random.uniform(0, _BUSY_S * 4))
        else:
            bench.wait_for_writing()
        _send(server, "shutdown", None, 2)
        _send(server, "exit", None)
        _, complaint = server.communicate(timeout=_TOO_LONG_S)
        if server.returncode != 0 or b"Traceback" in complaint:
            bench.wrong.append(f"exit {number}: {server.returncode} {complaint[-500:]!r}")
        for reader in readers:
            bench.look(reader, f"exit {number}, beside it")
        bench.look_twice(f"exit {number}")


def _send(server: subprocess.Popen[bytes], method: str, params: object, number: int | None = None) -> None:
    message = {"jsonrpc": "2.0", "method": method, "params": params}
    if number is not None:
        message["id"] = number
    body = json.dumps(message).encode()
    assert server.stdin is not None
    server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    server.stdin.flush()


def damages(bench: Bench, rounds: int) -> None:
    """Flips a bit, blanks a page or cuts the end of a register that is up to date."""
    Call(bench.workspace).said()
    file = bench.workspace / REGISTER
    for number in range(rounds):
        data = bytearray(file.read_bytes())
        what = ("flip", "blank", "cut")[number % 3]
        at = bench.random.randrange(len(data))
        if what == "flip":
            data[at] ^= 1 << bench.random.randrange(8)
        elif what == "blank":
            data[at - at % 4096 : at - at % 4096 + 4096] = bytes(min(4096, len(data) - (at - at % 4096)))
        else:
            del data[at:]
        file.write_bytes(data)
        bench.look_twice(f"{what} at {at}")


HAMMERS = {"kills": (kills, 1000), "exits": (exits, 1000), "damages": (damages, 100)}
"""What is done, and with how many products."""


def hammer(name: str, rounds: int, seed: int, products: int | None = None) -> Bench:
    """Some rounds of one kind; what is wrong is in the bench."""
    work, usual = HAMMERS[name]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), Random(seed), products or usual)
        work(bench, rounds)
        return bench


def main() -> Iterator[str]:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in HAMMERS:
        parser.add_argument(f"--{name}", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1972)
    parser.add_argument("--products", type=int, metavar="N", help="in the workspace, instead of what is usual")
    arguments = parser.parse_args()
    for name in HAMMERS:
        rounds = getattr(arguments, name)
        if rounds:
            begun = time.monotonic()
            bench = hammer(name, rounds, arguments.seed, arguments.products)
            took = time.monotonic() - begun
            tracebacks = sum("Traceback" in wrong for wrong in bench.wrong)
            yield (
                f"{rounds} {name}: {tracebacks} tracebacks, {len(bench.wrong)} wrong answers or exits, "
                f"{bench.needs_a_hand} workspaces that need a hand ({took:.0f} s)"
            )
            yield from bench.wrong[:20]


if __name__ == "__main__":
    for line in main():
        print(line, flush=True)
