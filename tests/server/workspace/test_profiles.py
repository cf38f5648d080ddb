"""Where interest profiles are looked for: everywhere below the root, but nowhere on behalf of just anybody."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.server.workspaces import workspace
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.pending import Make
from vkd_server.workspace.public import PublicCatalogue
from vkd_server.workspace.uris import uri_of
from vkd_server.workspace.workspace import Workspace

PROFILE = "0 / Etterspørselsbeskrivelse / en som venter / profile=yes\n1 / Personer / - / Yrke / - / .\n"


@pytest.mark.parametrize(("make", "found"), [(BackgroundCatalogue, True), (PublicCatalogue, False)])
@pytest.mark.parametrize("path", ["demands/p.vkd", "products/p.vkd"])
def test_who_waits_is_told_to_nobody_outside(tmp_path: Path, path: str, make: Make, *, found: bool) -> None:
    root = workspace(tmp_path, {path: PROFILE})
    files = Workspace(make)
    product = root / "products/ft70.vkd"
    document = files.open(uri_of(product), 1, product.read_text(encoding="utf-8"))
    assert returned(files.profiles.look(files, document)) is found
    piece = document.snapshot.piece_at(1)
    assert piece
    meets = files.profiles.effect(files, document, piece)(None).meets
    assert [one.demand.id for one in meets] == (["en som venter"] if found else [])


def returned(steps: Generator[None, None, bool]) -> bool:
    try:
        while True:
            next(steps)
    except StopIteration as stopped:
        return bool(stopped.value)
