"""The tree names no registry's host and no path of the machine it was written on, and no file outgrows its reader."""

import re
from pathlib import Path

import pytest

from tests.tidy.tree import ROOT, files, text

# Put together here, so that this file does not name them either.
HOSTS = [f"{name}.org" for name in ["pypi", "pythonhosted", "npmjs", "debian"]]
FOLDERS = ["work", "root", "tmp", "opt", "farm", "home", "Users"]
HOST = re.compile("|".join(map(re.escape, HOSTS)))
MACHINE_PATH = re.compile(rf"(?<![\w.)}}*\]-])/(?:{'|'.join(FOLDERS)})/(?!me/)\w")
LONGEST = 500
# Their callers would hang on a pipe, go round in links, or take a folder's name for a pattern.
READING = re.compile(r"\.read_(?:bytes|text)\(|\.r?glob\(|\bos\.walk\(|from glob import")
READERS = {
    "catalog/vkd_catalog/languages/__init__.py": "of the package itself",
    "server/vkd_server/book/asset.py": "of the package itself",
    "server/vkd_server/web/site.py": "of the package itself",
}
"""Who reads files by other ways than `files` and `folders`, and what files those are; importers read what is no workspace."""


def named(pattern: re.Pattern[str]) -> list[str]:
    """The places where the pattern stands, as `path:line: text`."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in files()
        for number, line in enumerate(text(path).split("\n"), 1)
        if pattern.search(line)
    ]


def test_files_are_read_and_folders_walked_in_one_place() -> None:
    code = [path for path in files() if re.match(r"(?:catalog|server)/vkd_\w+/(?!importers/).*\.py", _relative(path))]
    assert {_relative(path) for path in code if READING.search(text(path))} == set(READERS)


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_registry_host() -> None:
    assert named(HOST) == []


def test_no_path_of_a_machine() -> None:
    assert named(MACHINE_PATH) == []


@pytest.mark.parametrize("line", ["cd /%s/main", 'open("/%s/x")', "file:///%s/a.vkd"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_path_of_a_machine_is_seen(line: str, folder: str) -> None:
    assert MACHINE_PATH.search(line % folder)


@pytest.mark.parametrize("line", ["tests/work/a.vkd", "./tmp/x", "{base}/tmp/x", "a/b/home/x", "/tmp", "/home/me/vkd"])
def test_a_relative_path_is_none_of_a_machine(line: str) -> None:
    assert not MACHINE_PATH.search(line)


@pytest.mark.parametrize(
    "path", files("grammar/*.py", "catalog/*.py", "server/*.py"), ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_file_is_no_longer_than_one_mind_holds(path: Path) -> None:
    assert text(path).count("\n") <= LONGEST
