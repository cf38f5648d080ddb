"""vkd book: every link is followed, nothing comes from elsewhere, and what a catalogue says is never markup."""

import builtins
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.book.site_reader import broken, pages
from tests.server.workspaces import CENSUS, workspace
from vkd_catalog.catalogue import open_catalogue
from vkd_catalog.coverage import coverage_of
from vkd_catalog.languages import languages, say
from vkd_catalog.lookup.terms import plain, stem
from vkd_server.book import typesetting
from vkd_server.book.alphabet import alphabet_of
from vkd_server.book.content import content_of, times_in_words
from vkd_server.book.pages import Entry, sheets_of
from vkd_server.book.parts import PARTS_OF_BOOK
from vkd_server.book.printed import printed
from vkd_server.book.writing import write_book
from vkd_server.cli import run_command

EXAMPLES = Path(__file__).parents[3] / "examples"
LARGEST = 1_000_000


@pytest.fixture
def vkd(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = run_command(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def book(vkd: Any, to: Path, workspace_: Path, *arguments: str) -> Path:
    code, _, err = vkd("book", "--to", str(to), "--workspace", str(workspace_), *arguments)
    assert (code, err) == (0, "")
    return to


@pytest.mark.parametrize("private", [(), ("--private",)], ids=["public", "private"])
@pytest.mark.parametrize("example", ["folketelling", "norden", "registre-dk", "to-land", "utdanning"])
def test_every_link_leads_somewhere(vkd: Any, tmp_path: Path, example: str, private: tuple[str, ...]) -> None:
    folder = book(vkd, tmp_path / "book", EXAMPLES / example, "--language", "da", "--language", "en", *private)
    assert broken(folder) == []
    found = pages(folder)
    assert {f"{part}.html" for part in PARTS_OF_BOOK} | {"index.html"} <= found.keys()
    for path, page in found.items():
        assert [id_ for id_, count in page.ids.items() if count > 1] == [], path
        assert page.loads == [one for one in page.loads if not re.match("[a-z]+:|//", one)], path
        assert page.elements["h1"] == page.elements["main"] == page.elements["title"] == 1
        assert len(page.markup.encode()) < LARGEST
        assert not page.events


@pytest.mark.parametrize("language", languages())
def test_the_parts_in_every_language(vkd: Any, tmp_path: Path, language: str) -> None:
    folder = book(vkd, tmp_path / "book", CENSUS, "--language", language)
    keywords, sets = pages(folder)["keywords.html"], pages(folder)["sets.html"]
    assert f'lang="{language}"' in keywords.markup
    # A synonym leads to its characteristic, which tells where it stands; a set tells what it holds.
    assert 'href="sets.html#s_20_p_20_ft60-person"' in keywords.markup
    assert 'href="keywords.html#k_20_K5"' in sets.markup
    assert "1960-11-01" in keywords.text
    times = pages(folder)["times.html"].text
    assert ("Population census 1960, 1960-11-01" if language == "en" else "Folketellingen 1960, 1960-11-01") in times
    assert "ft70-person" in pages(folder)["demands.html"].text


def test_what_is_internal_is_told_in_private_alone(vkd: Any, tmp_path: Path) -> None:
    public = pages(book(vkd, tmp_path / "public", CENSUS))
    private = pages(book(vkd, tmp_path / "private", CENSUS, "--private"))
    for secret in ("F:ft60-person.csv", "bruker 1", "demands/eksempel-3.vkd"):
        assert any(secret in page.text for page in private.values()), secret
        assert not any(secret in page.markup for page in public.values()), secret
    assert "oppgitt, internt" in public["sets.html"].text


HOSTILE = "<script>alert(1)</script>\"'&<b onclick=x>\u202e"


def test_what_a_catalogue_says_is_no_markup(vkd: Any, tmp_path: Path) -> None:
    product = (
        f"0 / Produktbeskrivelse / <i>x</i> / title={HOSTILE.replace('/', chr(92) + '/')}; form=<u>csv</u>; "
        'data=javascript:alert(1); access=open, <s>; doc=https://example.org/"><script>; collection=<h1>C\n'
        "1 / Personer / Personreg.nov.70 / Yrke / 1970 / .\n"
    )
    demand = (
        f"0 / Etterspørselsbeskrivelse / {HOSTILE.replace('/', chr(92) + '/')}\n1 / Personer / <p> / Yrke / 1970 / .\n"
    )
    rows = (CENSUS / "vocabulary/characteristics.csv").read_text(encoding="utf-8")
    rows = rows.replace("Hovedyrke på tellingsdagen", '"<img src=x onerror=alert(1)> ""q"""')
    files = {"products/x.vkd": product, "demands/x.vkd": demand, "vocabulary/characteristics.csv": rows}
    folder = book(vkd, tmp_path / "book", workspace(tmp_path / "work", files), "--private")
    assert broken(folder) == []
    for page in pages(folder).values():
        assert page.elements["script"] == 1
        assert not any(page.elements[one] for one in ("img", "u", "s", "i.x"))
        assert not page.events
        assert not any(one.lower().startswith("javascript") for one in page.links)
        assert "\u202e" not in page.markup


def test_a_register_is_cut_by_letter_and_size() -> None:
    entries = [Entry(f"k {n}", f"{letter}{n}", letter, lambda _: "", 1000) for letter in "ABC" for n in range(500)]
    sheets = sheets_of("k", entries)
    assert len(sheets) > 3
    assert [entry for sheet in sheets for entry in sheet.entries] == entries
    assert all(sum(entry.length for entry in sheet.entries) <= 300_000 for sheet in sheets)
    assert len({sheet.file for sheet in sheets}) == len(sheets)
    assert sheets_of("k", [])[0].entries == []


def test_many_keywords_make_many_pages_and_none_is_large(vkd: Any, tmp_path: Path) -> None:
    rows = "".join(
        f"Q{n},Kjennetegn {n % 97} nr {n},,,individual,A,status,,,,Definisjon {n},,,,,\n" for n in range(4000)
    )
    table = (CENSUS / "vocabulary/characteristics.csv").read_text(encoding="utf-8") + rows
    lines = "\n".join(
        f"{n + 1} / Personer / Personreg.nov.70 / [Q{n}] / 1970 / {'O' if n < 1999 else '.'}" for n in range(2000)
    )
    product = f"0 / Produktbeskrivelse / mange / form=csv; access=open; data=F:a.csv; doc=P:b.md\n{lines}\n"
    files = {"vocabulary/characteristics.csv": table, "products/mange.vkd": product}
    folder = book(vkd, tmp_path / "book", workspace(tmp_path / "work", files))
    assert broken(folder) == []
    assert len(list(folder.glob("keywords*.html"))) > 3
    assert max(path.stat().st_size for path in folder.rglob("*")) < LARGEST


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ["9", "alder", "(Alder)", "Zoo", "Ære", "Øre", "Åre"]),
        ("da", ["1900", "Adel", "Zebra", "Ærø", "Ö", "ø-lejr", "Århus"]),
        ("sv", ["ab", "Zz", "Åre", "Ära", "öl", "Øre"]),
        ("en", ["Aaa", "Ære", "Age", "Åre", "Zoo"]),
    ],
)
def test_the_order_of_an_alphabet(language: str, words: list[str]) -> None:
    assert sorted(set(words), key=alphabet_of(language).key) == words


def test_times_in_few_words() -> None:
    content = content_of(open_catalogue(EXAMPLES / "registre-dk"), "da")
    (bolig,) = [one for one in content.holdings if one.called == "BOLIG"]
    times = [time for some in bolig.lines.values() for time in some]
    assert times_in_words(times, "da") == "2009–2025"
    assert len(bolig.editions) == 17


def test_only_a_book_is_overwritten(vkd: Any, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "mine.txt").write_text("x")
    code, _, err = vkd("book", "--to", str(folder), "--workspace", str(CENSUS))
    assert (code, err.count("\n")) == (2, 1)
    assert "mine.txt" in err
    assert [one.name for one in folder.iterdir()] == ["mine.txt"]
    (folder / "mine.txt").unlink()
    book(vkd, folder, CENSUS, "--language", "nb", "--language", "en")
    assert (folder / "en/index.html").is_file()
    book(vkd, folder, CENSUS)
    assert not (folder / "en/index.html").exists()
    assert broken(folder) == []


def test_a_catalogue_with_nothing_in_it_is_a_book_too(vkd: Any, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    folder = book(vkd, tmp_path / "book", tmp_path / "work")
    assert broken(folder) == []
    assert "tomt" in pages(folder)["keywords.html"].text


def test_a_book_that_was_not_finished_is_written_again(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[str, str]]:
        yield "a.html", "a"
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_book(tmp_path / "book", files())
    assert write_book(tmp_path / "book", [("b.html", "b")]) == 1


def test_the_same_catalogue_makes_the_same_book(vkd: Any, tmp_path: Path) -> None:
    one, other = (book(vkd, tmp_path / name, CENSUS) for name in "ab")
    assert {path.name: path.read_bytes() for path in one.rglob("*.*") if path.is_file()} == {
        path.name: path.read_bytes() for path in other.rglob("*.*") if path.is_file()
    }


NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node runs the page's script")
def test_the_search_in_the_page_finds_by_the_stems_of_the_look_up(vkd: Any, tmp_path: Path) -> None:
    folder = book(vkd, tmp_path / "book", CENSUS)
    words = ["Yrkene", "Fødselsdatoen", "ærlig", "Aarhus", "königs", "companies", "inntektene", "Økonomi", "klasser"]
    asked = ["yrke", "inntekten", "personnummer", "ft70", "K5", "næring", "folketelling", "finnes ikke noe slikt"]
    program = f"""
        const fs = require("fs"), vm = require("vm");
        const folder = {json.dumps(str(folder))};
        global.document = {{ addEventListener() {{}}, createElement: () => ({{}}), head: {{ append(script) {{
            vm.runInThisContext(fs.readFileSync(`${{folder}}/${{script.src}}`, "utf8")); script.onload();
        }} }} }};
        vm.runInThisContext(fs.readFileSync(`${{folder}}/assets/book.js`, "utf8"));
        (async () => {{
            const stems = {json.dumps(words)}.map((word) => vkdBook.stem(vkdBook.plain(word)));
            const found = [];
            for (const text of {json.dumps(asked)}) found.push(await vkdBook.search(text));
            console.log(JSON.stringify({{ stems, found }}));
        }})();
    """
    ran = subprocess.run([str(NODE), "-e", program], capture_output=True, text=True, check=True)
    said = json.loads(ran.stdout)
    assert said["stems"] == [stem(plain(word)) for word in words]
    first = [rows[0][1] if rows else None for rows in said["found"]]
    assert first == ["Yrke", "Inntekt", "Fødselsnummer", "ft70-person", "Yrke", "Næring", None, None]


def test_a_printed_book(vkd: Any, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    folder = book(vkd, tmp_path / "book", CENSUS, "--pdf", "--language", "nn", "--language", "en")
    for file in (folder / "book.pdf", folder / "en/book.pdf"):
        assert file.read_bytes().startswith(b"%PDF-")
        assert file.stat().st_size > 20_000


def test_a_large_book_is_set_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("typst")
    monkeypatch.setattr(typesetting, "_LARGE", 0)
    monkeypatch.setattr(typesetting, "_STRETCH", 4_000)
    catalogue = open_catalogue(CENSUS)
    book = printed(content_of(catalogue, "nb"), coverage_of(catalogue))
    read = pypdf.PdfReader(io.BytesIO(typesetting.pdf_of(book)))
    told = {str(one.title): read.get_destination_page_number(one) + 1 for one in read.outline}
    assert list(told) == [say(f"book.part-{part}", "nb") for part in PARTS_OF_BOOK]
    contents = read.pages[1].extract_text()
    for part, page in told.items():
        # The contents name the page that has its heading, and that page its number at its foot.
        assert re.search(rf"{part}[ .]*{page}\b", contents), contents
        lines = read.pages[page - 1].extract_text().splitlines()
        assert part in lines
        assert str(page) in lines


def test_a_printed_book_of_what_is_hostile(vkd: Any, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    product = (
        '0 / Produktbeskrivelse / #panic(1) $x$ / form=\\\\ #" @a; access=open\n1 / Personer / P / Yrke / 1970 / .\n'
    )
    book(vkd, tmp_path / "book", workspace(tmp_path / "work", {"products/x.vkd": product}), "--pdf")


def test_without_the_extra_it_is_named(vkd: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def missing(name: str, *more: Any) -> Any:
        if name == "typst":
            raise ImportError(name)
        return usual(name, *more)

    monkeypatch.setattr(builtins, "__import__", missing)
    code, _, err = vkd("book", "--to", str(tmp_path / "book"), "--workspace", str(CENSUS), "--pdf")
    assert (code, err.count("\n")) == (2, 1)
    assert "vkd-server[book]" in err
    assert not (tmp_path / "book").exists()
