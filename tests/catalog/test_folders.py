"""Which files a workspace has: whatever its folders are called, and however they hang together."""

import os
import socket
import tempfile
from collections.abc import Callable
from glob import glob
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.folders import folder_for_all, nested, unprivileged
from vkd_catalog.folders import files_below, leading_to, matches, matching_files

FILES = ("a.vkd", "b/a.vkd", "b/a.txt", "b/c/a.vkd", "b/c/d/e.vkd", "[1]/x.vkd", ".h/a.vkd", "b/.a.vkd", "../o/a.vkd")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace whose own path holds every sign that means something in a pattern."""
    folder = tmp_path / "d [1] *?{a,b}" / "[x]"
    for path in FILES:
        _touch(folder / path)
    return folder


def _touch(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()


@pytest.mark.parametrize(
    ("patterns", "found"),
    [
        (["**/*.vkd"], ["[1]/x.vkd", "a.vkd", "b/a.vkd", "b/c/a.vkd", "b/c/d/e.vkd"]),
        (["**"], ["[1]/x.vkd", "a.vkd", "b/a.txt", "b/a.vkd", "b/c/a.vkd", "b/c/d/e.vkd"]),
        (["*.vkd"], ["a.vkd"]),
        (["./*.vkd", "*.vkd"], ["a.vkd"]),
        (["*/*.vkd"], ["[1]/x.vkd", "b/a.vkd"]),
        (["b/**/*.vkd"], ["b/a.vkd", "b/c/a.vkd", "b/c/d/e.vkd"]),
        (["b/**/c/**/?.vkd"], ["b/c/a.vkd", "b/c/d/e.vkd"]),
        (["**/**/**/*.vkd"], ["[1]/x.vkd", "a.vkd", "b/a.vkd", "b/c/a.vkd", "b/c/d/e.vkd"]),
        (["[[]1]/*"], ["[1]/x.vkd"]),
        (["[ab].vkd"], ["a.vkd"]),
        (["b/c/d/../a.vkd"], ["b/c/a.vkd"]),
        (["../o/*.vkd"], ["../o/a.vkd"]),
        (["b", "b/", "/", "", "\0", "nowhere/*.vkd", "a.vkd/*.vkd", "*.VKD", ".h/*.vkd"], []),
    ],
)
def test_patterns(root: Path, patterns: list[str], found: list[str]) -> None:
    assert matching_files(root, patterns) == (tuple(found), ())
    assert leading_to(patterns, FILES) == found
    assert any(matches(root, pattern) for pattern in patterns) == bool(found)


def test_a_pattern_from_the_root_of_the_disk(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    _touch(other / "x.vkd")
    assert matching_files(root, [f"{other}/*.vkd"]).paths == ("../../other/x.vkd",)


def test_files_below_a_folder(root: Path) -> None:
    found = files_below(str(root), (".vkd", ".txt"), but=("c",))
    assert found.paths == ("[1]/x.vkd", "a.vkd", "b/a.txt", "b/a.vkd")
    assert files_below(str(root), (".vkd",), most=1).paths == ("a.vkd",)


def _itself(root: Path) -> None:
    (root / "loop").symlink_to(".")
    (root / "b/loop").symlink_to("../b")


def _each_other(root: Path) -> None:
    (root / "b/one").symlink_to("../[1]")
    (root / "[1]/other").symlink_to("../b")


def _from_outside(root: Path) -> None:
    (root / "0").symlink_to("../o")
    (root.parent / "o/back").symlink_to(root)


@pytest.mark.parametrize(("links", "more"), [(_itself, ()), (_each_other, ()), (_from_outside, ("0/a.vkd",))])
def test_circles_of_links_end(root: Path, links: Callable[[Path], None], more: tuple[str, ...]) -> None:
    before = matching_files(root, ["**/*.vkd"])
    links(root)
    assert matching_files(root, ["**/*.vkd"]) == (tuple(sorted((*before.paths, *more))), ())
    assert files_below(str(root), (".vkd",)) == before


def test_of_the_names_of_one_file_the_one_without_a_link_counts(root: Path) -> None:
    (root / "0.vkd").symlink_to("b/a.vkd")
    (root / "1").symlink_to("b")
    os.link(root / "b/a.vkd", root / "b/z.vkd")
    assert matching_files(root, ["*.vkd", "1/*.vkd", "b/*.vkd"]).paths == ("a.vkd", "b/a.vkd")
    assert matching_files(root, ["*.vkd", "1/*.vkd"]).paths == ("0.vkd", "a.vkd")
    assert "0.vkd" not in files_below(str(root), (".vkd",)).paths


def test_a_folder_that_another_part_of_a_pattern_leads_through_is_walked_again(tmp_path: Path) -> None:
    _touch(tmp_path / "a/a/x.vkd")
    (tmp_path / "a/back").symlink_to("..")
    assert matching_files(tmp_path, ["a/*/a/a/x.vkd"]).paths == ("a/back/a/a/x.vkd",)


def test_a_folder_may_be_called_like_a_product(root: Path) -> None:
    _touch(root / "p.vkd/q.vkd")
    assert "p.vkd/q.vkd" in matching_files(root, ["**/*.vkd"]).paths
    assert matching_files(root, ["*.vkd"]) == (("a.vkd",), ())


def test_1500_folders_in_each_other(tmp_path: Path) -> None:
    with nested(tmp_path) as path:
        (tmp_path / path / "x.vkd").touch()
        assert matching_files(tmp_path, ["**/*.vkd"]) == ((f"{path}/x.vkd",), ())
        assert files_below(str(tmp_path), (".vkd",)) == ((f"{path}/x.vkd",), ())
        assert leading_to(["**/*.vkd"], [f"{path}/x.vkd"]) == [f"{path}/x.vkd"]


def test_what_is_no_file_is_told_where_a_pattern_leads_to_it(root: Path) -> None:
    os.mkfifo(root / "pipe.vkd")
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.getcwd()
        os.chdir(root)
        try:
            listening.bind("socket.vkd")
        finally:
            os.chdir(here)
    for name, target in (("gone", "/nonexistent"), ("device", "/dev/zero"), ("self", "self.vkd"), ("gone.txt", "x")):
        (root / (name if "." in name else f"{name}.vkd")).symlink_to(target)
    assert matching_files(root, ["*.vkd"]) == (
        ("a.vkd",),
        (
            ("device.vkd", "not-regular"),
            ("gone.vkd", "dangling"),
            ("pipe.vkd", "not-regular"),
            ("self.vkd", "circle"),
            ("socket.vkd", "not-regular"),
        ),
    )
    assert matching_files(root, ["pipe.vkd"]) == ((), (("pipe.vkd", "not-regular"),))


def test_a_folder_that_may_not_be_read_is_told() -> None:
    with folder_for_all() as root:
        for path in ("a.vkd", "b/a.vkd", "c/a.vkd"):
            _touch(root / path)
        (root / "b").chmod(0)
        with unprivileged():
            assert matching_files(root, ["**/*.vkd"]) == (("a.vkd", "c/a.vkd"), (("b", "denied"),))
            assert matching_files(root, ["b/*.vkd"]) == ((), (("b", "denied"),))
            assert matching_files(root, ["*.vkd"]) == (("a.vkd",), ())


NAMES = st.sampled_from(["a", "b", "ab", "[a]", "a.vkd", "b.vkd", ".a"])
PARTS = st.sampled_from(["a", "*", "?", "**", "[ab]", "*.vkd", "[[]a]", "a*"])


@given(
    st.lists(st.lists(NAMES, min_size=1, max_size=4).map("/".join), max_size=8),
    st.lists(PARTS, min_size=1, max_size=4).map("/".join),
)
def test_paths_match_as_glob_would_find_them(paths: list[str], pattern: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            file = Path(folder, path)
            try:
                _touch(file)
            except (FileExistsError, NotADirectoryError):
                continue
        globbed = glob(pattern, root_dir=folder, recursive=True)
        # What is found with a slash after it is found as a folder, whatever it is: `a/**` finds `a/`.
        found = {path for path in globbed if not path.endswith("/") and Path(folder, path).is_file()}
        assert matching_files(Path(folder), [pattern]).paths == tuple(sorted(found))
