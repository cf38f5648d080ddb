"""A workspace's files as git has them. Git is called as a program that reads what is already there and starts no
others.

No shell, no pager, no hook, no filter, no text conversion, no network; a revision is always passed as a name and never
as an option. Only objects and their names are asked for, which no setting of a repository changes.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from hashlib import new
from pathlib import Path
from posixpath import normpath, relpath
from typing import NamedTuple

from vkd_server.cli import CallError

_QUIET = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "protocol.allow=never"),
)
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What git tells the hooks it runs, one of which may run us: it would mean another folder than the workspace's."""

_REGULAR = ("100644", "100755")
_SYMBOLIC_LINK = "120000"
_SHORT = 10


class Revision(NamedTuple):
    """A commit: the name that the call gave it, and the name of its object."""

    named: str
    commit: str


class Repository(NamedTuple):
    """A repository that a workspace lies in. `prefix` leads from its top to the workspace, empty or ending in `/`."""

    root: Path
    prefix: str

    def revision(self, named: str) -> Revision:
        """The commit that a name means. Raises CallError where there is none."""
        found = self.commit(named)
        if found is None:
            raise CallError(f"{named}: git knows no such revision here")
        return Revision(named, found)

    def commit(self, named: str) -> str | None:
        """The name of the commit's object; None where a name means no commit."""
        if not named or named.startswith("-") or "\0" in named:
            return None
        run = _git(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}")
        return run.stdout.decode().strip() if run.returncode == 0 else None

    def merge_base(self, one: Revision, other: Revision) -> Revision:
        """The commit that two revisions come from. Raises CallError where they come from none."""
        run = _git(self.root, "merge-base", one.commit, other.commit)
        if run.returncode:
            raise CallError(f"{one.named} and {other.named} have no commit in common here; a shallow clone has few")
        return Revision(f"{one.named}...{other.named}", run.stdout.decode().split()[0])

    def revisions_of(self, most: int) -> list[tuple[Revision, int]]:
        """The last commits that changed the workspace, newest first, each with its time in seconds since 1970. Of a
        merge only the side that it was made into is looked at."""
        listed = _read(self.root, "rev-list", "--first-parent", "--timestamp", f"--max-count={most}", "HEAD", "--", ".")
        said = (line.split() for line in listed.decode().splitlines())
        return [(Revision(commit[:_SHORT], commit), int(seconds)) for seconds, commit in said]

    def files(self, revision: Revision) -> dict[str, str]:
        """The files of a revision with their objects' names; paths are relative to the workspace, `..` leads out.

        A symbolic link to another file of the revision stands for that file.
        """
        listed = _read(self.root, "ls-tree", "-r", "-z", "--full-tree", revision.commit)
        files: dict[str, str] = {}
        links: dict[str, str] = {}
        for entry in listed.split(b"\0"):
            said, _, path = entry.partition(b"\t")
            if path:
                mode, _, name = said.decode().split()
                kept = links if mode == _SYMBOLIC_LINK else files if mode in _REGULAR else {}
                kept[os.fsdecode(path)] = name
        files |= _followed(links, self.contents(links.values()), files)
        top = self.prefix.rstrip("/")
        return {relpath(path, top) if top else path: name for path, name in files.items()}

    def contents(self, names: Iterable[str]) -> dict[str, bytes]:
        """The contents of some objects, by the objects' names."""
        wanted = list(dict.fromkeys(names))
        if not wanted:
            return {}
        out = _read(self.root, "cat-file", "--batch", stdin="".join(f"{name}\n" for name in wanted))
        found: dict[str, bytes] = {}
        at = 0
        for name in wanted:
            end = out.index(b"\n", at)
            said = out[at:end].split()
            if len(said) != 3:
                raise CallError(f"git does not have the object {name} here: a partial clone lacks what was not fetched")
            size = int(said[2])
            found[name] = out[end + 1 : end + 1 + size]
            at = end + size + 2
        return found


def repository_of(folder: Path) -> Repository:
    """The repository that a folder lies in. Raises CallError where it lies in none, or git is not there."""
    run = _git(folder, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    said = run.stdout.decode("utf-8", "surrogateescape").split("\n")
    if run.returncode or said[0] != "true":
        why = run.stderr.decode("utf-8", "replace").partition("\n")[0].removeprefix("fatal: ")
        raise CallError(f"{folder}: not in a working tree of git{f' ({why})' if why else ''}")
    return Repository(folder, said[1])


def object_name(data: bytes, like: str) -> str:
    """The name that git gives to a file's content, by the hash that another object's name was made with."""
    made = new("sha256" if len(like) == 64 else "sha1", b"blob %d\0" % len(data), usedforsecurity=False)
    made.update(data)
    return made.hexdigest()


def _followed(links: Mapping[str, str], targets: Mapping[str, bytes], files: Mapping[str, str]) -> dict[str, str]:
    """The symbolic links that lead to a file of the same revision, each with that file's object."""
    found = {}
    for path, name in links.items():
        target = normpath(os.path.join(os.path.dirname(path), os.fsdecode(targets[name])))
        if target in files:
            found[path] = files[target]
    return found


def _read(folder: Path, *arguments: str, stdin: str = "") -> bytes:
    run = _git(folder, *arguments, stdin=stdin)
    if run.returncode:
        why = run.stderr.decode("utf-8", "replace").partition("\n")[0]
        raise CallError(f"git {arguments[0]}: {why or 'failed'}")
    return run.stdout


def _git(folder: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if key not in _OF_A_HOOK}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        return subprocess.run(
            ["git", *_QUIET, *arguments], cwd=folder, env=environment, input=stdin.encode(), capture_output=True
        )
    except FileNotFoundError as error:
        raise CallError("git is not on the PATH, and only it knows what a revision holds") from error
