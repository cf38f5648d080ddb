"""Aliases of archives get other names, and files other places: every address leads where it led."""

from pathlib import Path

import pytest

from tests.server.features.marked import marked
from tests.server.features.test_renaming import put, snapshots
from tests.server.workspaces import PARSER, workspace
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_grammar.text import split_lines
from vkd_server.features.configuration.aliases import rename_alias
from vkd_server.features.navigation.addresses import AliasAt, addresses_in, used_at
from vkd_server.features.refactoring.moving import Move, addresses_after, path_after, settings_after
from vkd_server.features.refactoring.renaming import Refusal
from vkd_server.rules.rule import TextEdit

PRODUCT = "0 / Produktbeskrivelse / {name} / data={data}; doc={doc}; form=csv\n1 / Personer / P / Yrke / 1970 / .\n"
FILES = {
    "products/a.vkd": PRODUCT.format(name="a", data="F:sub/a.csv", doc="archive/sub/å.md"),
    "products/b.vkd": PRODUCT.format(name="b", data="F:b.csv", doc="https://example.org/F:b"),
    "products/c.vkd": PRODUCT.format(name="c", data="doi:10.1/x", doc="P:c\\;d.md"),
    "archive/sub/a.csv": "",
    "archive/sub/å.md": "",
    "archive/b.csv": "",
    "documents/c;d.md": "",
}


def catalogue_in(folder: Path) -> Catalogue:
    return open_catalogue(workspace(folder, FILES), PARSER)


def settings(catalogue: Catalogue) -> list[str]:
    return split_lines((catalogue.root / "vkd.toml").read_bytes().decode())


def targets(catalogue: Catalogue) -> list[str]:
    """What every address leads to."""
    from vkd_catalog.technical import unescape_value

    return [
        catalogue.resolve(unescape_value(value.text)).target
        for snapshot in snapshots(catalogue)
        for _, description in snapshot.document.pieces()
        for _, value in addresses_in(description)
    ]


def renamed(catalogue: Catalogue, old: str, new: str) -> tuple[TextEdit, ...] | Refusal:
    steps = rename_alias(old, new, "vkd.toml", settings(catalogue), catalogue, snapshots(catalogue))
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: tuple[TextEdit, ...] | Refusal = end.value
            return result


@pytest.mark.parametrize(("old", "new"), [("F", "arkiv"), ("P", "å🙂"), ("F", "F"), ("P", "doc.2"), ("F", "f")])
def test_addresses_lead_where_they_led_under_another_alias(old: str, new: str, tmp_path: Path) -> None:
    catalogue = catalogue_in(tmp_path)
    before = targets(catalogue)
    edits = renamed(catalogue, old, new)
    assert not isinstance(edits, Refusal), edits
    put(tmp_path, edits)
    after = open_catalogue(tmp_path, PARSER)
    assert targets(after) == before
    assert new in after.configuration.archives
    assert len(edits) > 2


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("P", "«P» brukes allerede i vkd.toml:16."),
        ("", "Et nytt navn kan ikke være tomt."),
        ("a b", "«a b» kan ikke være et kortnavn"),
        ("a:", "«a:» kan ikke være et kortnavn"),
        ("doi", "«doi» står allerede i products/c.vkd:1 og ville få en annen betydning der."),
    ],
)
def test_what_would_lead_elsewhere_is_refused(new: str, message: str, tmp_path: Path) -> None:
    refusal = renamed(catalogue_in(tmp_path), "F", new)
    assert isinstance(refusal, Refusal)
    assert refusal.message.startswith(message), refusal


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("0 / Produktbeskrivelse / a / data=F‸:x.csv", "F"),
        ("0 / Produktbeskrivelse / a / data=‸F:x.csv", "F"),
        ("0 / Produktbeskrivelse / a / data=F:x‸.csv", None),
        ("0 / Produktbeskrivelse / a / data=G‸:x.csv", None),
        ("0 / Produktbeskrivelse / a / source=F‸:x.csv", None),
        ("‸", None),
    ],
)
def test_the_alias_at_a_place(text: str, alias: str | None) -> None:
    found = used_at(*marked(text))
    assert (found and found.text) == alias
    assert found is None or isinstance(found, AliasAt)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("vocabulary/names.csv", "words/navn.csv", ["vkd.toml"]),
        ("vocabulary", "ord", ["vkd.toml"] * 4),
        ("products", "produkter", ["vkd.toml"]),
        ("archive", "arkiv/ny", ["products/a.vkd", "vkd.toml"]),
        ("archive/sub", "archive/under", ["products/a.vkd"] * 2),
        ("archive/sub/a.csv", "elsewhere/a;b.csv", ["products/a.vkd"]),
        ("documents/c;d.md", "documents/d.md", ["products/c.vkd"]),
        ("archive/nothing.csv", "archive/other.csv", []),
    ],
)
def test_what_names_a_file_follows_it(old: str, new: str, changed: list[str], tmp_path: Path) -> None:
    catalogue = catalogue_in(tmp_path)
    moves = (Move(tmp_path / old, tmp_path / new),)
    expected = [
        str(moves[0].new / Path(one).relative_to(moves[0].old)) if Path(one).is_relative_to(moves[0].old) else one
        for one in targets(catalogue)
    ]
    edits = [*settings_after("vkd.toml", settings(catalogue), catalogue.root, moves)]
    for snapshot in snapshots(catalogue):
        edits += addresses_after(snapshot, moves)
    assert sorted(edit.path for edit in edits) == changed
    words = len(catalogue.vocabularies.names.concepts)
    put(tmp_path, tuple(edits))
    if moves[0].old.exists():
        moves[0].new.parent.mkdir(parents=True, exist_ok=True)
        moves[0].old.rename(moves[0].new)
    after = open_catalogue(tmp_path, PARSER)
    assert sorted(targets(after)) == sorted(expected)
    assert len(after.vocabularies.names.concepts) == words
    assert after.places_of("a")


@pytest.mark.parametrize(
    ("path", "after"),
    [
        ("a/b.csv", "c/b.csv"),
        ("./a/b.csv", "c/b.csv"),
        ("a/", "c/"),
        ("/r/a/b.csv", "/r/c/b.csv"),
        ("ab/b.csv", None),
        ("https://a/a", None),
        ("", None),
    ],
)
def test_a_path_is_written_as_it_was(path: str, after: str | None) -> None:
    assert path_after(path, Path("/r"), (Move(Path("/r/a"), Path("/r/c")),)) == after
