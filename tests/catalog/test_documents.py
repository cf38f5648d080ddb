"""Documentations: how a head, headings and ids are read, and what is said of those that are not as they should be."""

import os
from pathlib import Path

import pytest

from tests.server.workspaces import CENSUS, found_in, workspace
from vkd_catalog.catalogue import open_catalogue
from vkd_catalog.documents import PARTS, documents_of, part_called, part_names, read_documentation
from vkd_catalog.documents.documentation import LARGEST, TO_BE_WRITTEN
from vkd_catalog.languages import languages
from vkd_server.features.diagnostics import diagnose_settings

HEAD = "---\nid: a\ntitle: A\n---\n"
FULL = HEAD + "".join(f"## {part_names(part, 'en')[0]}\n\nText.\n\n" for part in PARTS)


@pytest.mark.parametrize("language", languages())
def test_a_part_is_known_in_every_language(language: str) -> None:
    for part in PARTS:
        for name in part_names(part, language):
            assert part_called(name) == part
            assert part_called(f"3.1 {name.upper()}:") == part_called(f"b) {name}") == part


@pytest.mark.parametrize(
    "text",
    [
        "# Forms",
        "  ### forms ###",
        "Forms\n=====",
        "Forms\n---",
        "## 4. Forms:",
        "```\n# no heading\n```\n# Forms",
        "~~~\n```\n## Code lists\n~~~\n# Forms",
        "# Forms\r",
        "text\n\n## Skjemaer\n\ntext",
    ],
)
def test_what_is_a_heading(text: str) -> None:
    assert read_documentation("a.md", f"{HEAD}{text}\n".encode()).parts == ("forms",)


@pytest.mark.parametrize(
    "text", ["Forms", "#Forms", "    # Forms", "####### Forms", "```\n# Forms", "# Forms and lists", "x\nForms\n"]
)
def test_what_is_none(text: str) -> None:
    assert read_documentation("a.md", f"{HEAD}{text}\n".encode()).parts == ()


def test_a_part_that_is_to_be_written_is_lacking() -> None:
    text = f"{HEAD}# Forms\n\n{TO_BE_WRITTEN}\n\n# Code lists\n\nOne.\n"
    assert read_documentation("a.md", text.encode()).parts == ("code-lists",)


@pytest.mark.parametrize("head", ["---\nid: a\ntitle: A\n---", "---\r\nID:  'a'\r\nother: x\r\ntitle: \"A\"\r\n--- "])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_head(head: str, mark: bytes) -> None:
    read = read_documentation("a.md", mark + head.encode() + b"\n")
    assert (read.id, read.title, read.name) == ("a", "A", "A")


def what_is_wrong(data: bytes) -> list[tuple[str, str]]:
    read = read_documentation("a.md", data)
    return [(one.code, str(one.facts[0])) for one in read.problems]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "no-head"),
        (b"\n---\nid: a\n---\n", "no-head"),
        (b"# Forms\n", "no-head"),
        (b"---\nid: a\ntitle: A\n", "open-head"),
        (b"---", "open-head"),
        (b"---\n" + b"x\n" * 1_000_000, "open-head"),
        (b"---\ntitle: A\n---\n", "no-id"),
        (b"---\nid:\n---\n", "no-id"),
        (b"---\nid: a.b\n---\n", "address"),
        (b"---\nid: a:b\n---\n", "address"),
        (b"\xff\xfe-\0-\0", "binary"),
        (b"---\nid: \xf8\n---\n", "utf-8"),
        (b"---\nid: a\0\n---\n", "binary"),
        (b"x" * (LARGEST + 1), "unread"),
    ],
)
def test_what_cannot_be_found_is_said_once_and_has_a_place(data: bytes, wrong: str) -> None:
    found = [one for one in what_is_wrong(data) if one[0] != "VKD802"]
    assert found == [("VKD009" if wrong in ("binary", "utf-8") else "VKD801", wrong)]


def test_ids_are_compared_as_words_are_and_two_of_one_are_told_at_both(tmp_path: Path) -> None:
    files = {"documents/a.md": FULL, "documents/b.md": FULL.replace("id: a", "id:  A")}
    folder = workspace(tmp_path, files)
    for name, other in (("a", "b"), ("b", "a")):
        (one,) = found_in(folder, f"documents/{name}.md")
        assert (one.code, one.severity, one.start.row) == ("VKD801", "error", 1)
        assert f"documents/{other}.md:2" in one.message
        assert [(place.path, place.row) for place in one.related()] == [(f"documents/{other}.md", 1)]


PRODUCT = (
    "0 / Produktbeskrivelse / x / data=F:a.csv; form=csv; access=closed; doc={}\n1 / Personer / - / - / 1970 / .\n"
)


@pytest.mark.parametrize(
    ("doc", "codes"),
    [
        ("folketelling-1970", []),
        ("Folketelling-1970", []),
        ("P:ft70.md", []),
        ("documents/ft70.md", []),
        ("https://example.org/ft70", []),
        ("folketelling-1971", ["VKD801"]),
        ("ft70.md", ["VKD403"]),
    ],
)
def test_a_doc_is_an_address_or_an_id(doc: str, codes: list[str], tmp_path: Path) -> None:
    text = PRODUCT.format(doc).replace("F:a.csv", "F:ft70-person.csv").replace("- / -", "Personreg.nov.70 / Yrke")
    folder = workspace(tmp_path, {"products/x.vkd": text})
    found = found_in(folder, "products/x.vkd")
    assert [one.code for one in found] == codes
    fixes = [fix.edits[0].text for one in found if one.code == "VKD801" for fix in one.fixes()]
    assert fixes[:1] == (["folketelling-1970"] if "VKD801" in codes else [])


@pytest.mark.parametrize(
    ("doc", "how"),
    [
        ("", "none"),
        ("folketelling-1970", "documentation"),
        ("P:ft70.md", "documentation"),
        ("vkd.toml", "elsewhere"),
        ("https://example.org", "elsewhere"),
        ("nobody", "lost"),
        ("documents/none.md", "lost"),
        ("Q:x", "lost"),
    ],
)
def test_what_a_product_is_documented_by(doc: str, how: str) -> None:
    found = documents_of({"doc": doc} if doc else {}, open_catalogue(CENSUS))
    assert found.how == how
    assert (found.documentation is not None) is (how == "documentation")


def test_a_pattern_that_leads_to_no_documentation_is_told(tmp_path: Path) -> None:
    folder = workspace(tmp_path, {})
    settings = folder / "vkd.toml"
    text = settings.read_text(encoding="utf-8").replace("documents/*.md", "document/*.md")
    settings.write_text(text, encoding="utf-8")
    lines = text.splitlines(keepends=True)
    (one,) = diagnose_settings(lines, open_catalogue(folder))
    assert (one.code, lines[one.start.row][one.start.column : one.end.column]) == ("VKD405", '"document/*.md"')
    assert [fix.edits[0].text for fix in one.fixes()] == ['"documents/*.md"']


def test_what_cannot_be_opened_is_told_and_nothing_waits_for_it(tmp_path: Path) -> None:
    folder = workspace(tmp_path, {})
    os.mkfifo(folder / "documents/pipe.md")
    (folder / "documents/nowhere.md").symlink_to("none.md")
    found = {one.path: one.problems for one in open_catalogue(folder).documents.documentations if not one.id}
    reasons = {path: str(problems[0].facts[1]) for path, problems in found.items()}
    assert reasons == {"documents/nowhere.md": "dangling", "documents/pipe.md": "not-regular"}


def test_the_fix_adds_the_headings_that_are_not_there(tmp_path: Path) -> None:
    folder = workspace(tmp_path, {"documents/a.md": f"{HEAD}\n## Skjemaer\n\n{TO_BE_WRITTEN}\n\n## Kodelister"})
    (one,) = found_in(folder, "documents/a.md")
    assert one.code == "VKD802"
    ((edit,),) = [fix.edits for fix in one.fixes()]
    assert edit.text.startswith("\n\n## Prosjektskisse\n")
    assert edit.text.count("## ") == 9
    assert edit.text.count(TO_BE_WRITTEN) == 9


def test_a_revision_in_git_has_the_documentations_of_its_files() -> None:
    from vkd_catalog.in_memory import InMemoryCatalogue, in_memory_configuration
    from vkd_grammar.parser import Parser

    contents = {
        "vkd.toml": b'[documents]\ninclude = ["**/*.md"]\n',
        "d/a.md": FULL.encode(),
        "d/b.md": b"\xff",
    }
    catalogue = InMemoryCatalogue(in_memory_configuration(Path("/nowhere"), contents), contents, Parser())
    assert [(one.path, one.id, len(one.parts)) for one in catalogue.documents.documentations] == [
        ("d/a.md", "a", 11),
        ("d/b.md", "", 0),
    ]
