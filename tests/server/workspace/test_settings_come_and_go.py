"""A `vkd.toml` that goes and comes back, or comes nearer: open documents belong where a fresh start would put them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.workspaces import workspace
from vkd_server.workspace.uris import uri_of
from vkd_server.workspace.workspace import Workspace

ASKED = "demands/eksempel-3.vkd"


def removed(root: Path) -> Path:
    (root / "vkd.toml").unlink()
    return root / "vkd.toml"


def brought_back(root: Path) -> Path:
    (root / "vkd.toml").write_text(STATED, encoding="utf-8")
    return root / "vkd.toml"


def broken(root: Path) -> Path:
    (root / "vkd.toml").write_text("[catal", encoding="utf-8")
    return root / "vkd.toml"


def nearer(root: Path) -> Path:
    (root / "demands/vkd.toml").write_text('[catalogue]\nname = "Nearer"\n', encoding="utf-8")
    return root / "demands/vkd.toml"


def nearer_told_by_its_folder(root: Path) -> Path:
    return nearer(root).parent


def nearer_removed(root: Path) -> Path:
    (root / "demands/vkd.toml").unlink()
    return root / "demands/vkd.toml"


STATED = '[catalogue]\nname = "Brought back"\n[products]\ninclude = ["products/*.vkd"]\n'


@pytest.mark.parametrize(
    "steps",
    [
        (removed, brought_back),
        (removed, broken, brought_back),
        (nearer, nearer_removed),
        (nearer_told_by_its_folder, nearer_removed, removed, brought_back),
    ],
    ids=lambda steps: ", ".join(step.__name__ for step in steps),
)
def test_open_documents_belong_where_a_fresh_start_puts_them(
    tmp_path: Path, steps: tuple[Callable[[Path], Path], ...]
) -> None:
    root = workspace(tmp_path, {})
    files = opened(root)
    for step in steps:
        files.notice((step(root),))
        settled(files).catch_up()
        fresh = opened(root)
        assert home(files) == home(fresh)
        fresh.end()
    files.end()


def opened(root: Path) -> Workspace:
    files = Workspace()
    files.roots = (root,)
    files.open(uri_of(root / ASKED), 1, (root / ASKED).read_text(encoding="utf-8"))
    return files


def settled(files: Workspace) -> Workspace:
    for one in files.documents:
        assert one.project.catalogue.register is not None
    return files


def home(files: Workspace) -> list[tuple[Path, str, bool]]:
    return [
        (one.project.catalogue.root, one.project.catalogue.configuration.name, one.project.error is None)
        for one in files.documents
    ]
