"""A vocabulary means the same however a spreadsheet has written it, and what is wrong with it stands at the same cells.

Tables are made of cells, and written with every separator, byte order mark, line end, way of quoting and of ending rows.
"""

import csv
import io
import random
from collections.abc import Sequence

import pytest

from vkd_catalog.problems import UnreadableTable
from vkd_catalog.vocabulary import VocabularyFile, build_vocabularies, read_vocabulary, read_vocabulary_lines
from vkd_catalog.vocabulary.sheet import SEPARATORS, rewritten, sheet_of
from vkd_grammar.syntax import Problem
from vkd_grammar.text import split_lines

HEADER = [
    "code",
    "prefLabel@nb",
    "altLabel@nb",
    "kind",
    "objectTypes",
    "definition@nb",
    "notation",
    "Merknad",
    "x-eget",
]
PIECES = ["Bolig", "type", ", ", "; ", "\t", '"', "å", "Ø", " ", "1,5", "'", "=1", "|", "sep=;", "🙂"]
LABELS = ["a\nb", "a\r\nb", "a\rb", "\x1b[31m", "x\u2028y"]


class Writing:
    """One way in which a spreadsheet writes CSV."""

    def __init__(self, chance: random.Random) -> None:
        self.separator = chance.choice(SEPARATORS)
        self.mark = chance.choice([b"", b"\xef\xbb\xbf"])
        self.end = chance.choice(["\n", "\r\n"])
        self.is_quoted = chance.choice([True, False])
        self.declared = chance.choice(["", f"sep={self.separator}{self.end}"])
        self.nameless = chance.choice([0, 0, 2])
        self.is_short = chance.choice([True, False])

    def __call__(self, table: Sequence[Sequence[str]]) -> bytes:
        lines = []
        for row in table:
            cells = list(row)
            while self.is_short and len(cells) > 1 and not cells[-1]:
                cells.pop()
            cells += [] if self.is_short else [""] * self.nameless
            lines.append(self.separator.join(map(self._cell, cells)) + self.end)
        return self.mark + (self.declared + "".join(lines)).encode()

    def _cell(self, text: str) -> str:
        # The module csv leaves a lone CR without quotes where lines end with LF.
        needs = self.is_quoted or any(one in text for one in (self.separator, '"', "\r", "\n")) or text != text.strip()
        return '"' + text.replace('"', '""') + '"' if needs else text


def table(chance: random.Random) -> list[list[str]]:
    rows = [HEADER]
    for number in range(chance.randrange(1, 8)):
        label = "".join(chance.choices(PIECES, k=3)) if chance.random() < 0.7 else chance.choice(LABELS)
        kind = chance.choice(["class", "register", "slag", ""])
        definition = chance.choice(["", "a\nb", "En, to; tre"])
        rest = [chance.choice(["", "A", "A|B"]), definition, chance.choice(["", "0114"]), chance.choice(["", "n"]), ""]
        rows.append([f"K{number}", label, chance.choice(["", "x|y, z"]), kind, *rest])
    return rows


def plain(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def reason_of(problem: Problem) -> str:
    """Why a table cannot be read (VKD604); of another problem nothing."""
    return problem.facts.reason if isinstance(problem.facts, UnreadableTable) else ""


def told(file: VocabularyFile) -> tuple[list[object], list[object]]:
    """What a file's concepts say, and what is wrong with it, with the record and the cell of each."""
    starts = [row for row, _, _ in file.sheet.records()]

    def cell(problem: Problem) -> tuple[int, int]:
        record = max(number for number, row in enumerate(starts) if row <= problem.row)
        places = [file.sheet.place(starts[record], index) for index in range(len(HEADER))]
        return record, places.index((problem.row, problem.start, problem.end))

    said = [concept._replace(row=starts.index(concept.row)) for concept in file.concepts]
    return list(said), [(problem.code, reason_of(problem), cell(problem)) for problem in file.problems]


@pytest.mark.parametrize("seed", range(150))
def test_a_table_means_the_same_in_whatever_way_it_is_written(seed: int) -> None:
    chance = random.Random(seed)
    rows, writing = table(chance), Writing(chance)
    expected = read_vocabulary("v", plain(rows), "names")
    data = writing(rows)
    found = read_vocabulary("v", data, "names")
    assert told(found) == told(expected)
    assert [problem.code for problem in found.problems].count("VKD607") == 1
    # An editor may leave the byte order mark in its text.
    opened = read_vocabulary_lines("v", split_lines(data.decode()), "names")
    assert told(opened) == told(expected)


@pytest.mark.parametrize("seed", range(60))
def test_a_table_is_rewritten_as_another_is_written(seed: int) -> None:
    chance = random.Random(seed)
    writing = Writing(chance)
    writing.nameless = 0
    writing.is_short = False
    rows, others = table(chance), table(chance)
    assert rewritten(plain(others).decode(), writing(rows)).encode() == writing(others)


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("quoted", [True, False])
def test_what_is_written_into_a_table_is_read_from_it(separator: str, quoted: bool) -> None:
    chance = random.Random(separator)
    for _ in range(200):
        texts = ["".join(chance.choices(PIECES, k=chance.randrange(4))) for _ in range(4)]
        head = separator.join(f'"{name}"' if quoted else name for name in ("code", "kind", "notation", "seeAlso"))
        sheet = sheet_of([head])
        written = sheet_of([head + "\n", sheet.as_row(texts)])
        assert [written.said(cell) for cell in written.cells(1)] == [text.strip() for text in texts]


ENCODINGS = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS 850", "utf-16": "UTF-16"}
NORDIC = "code;prefLabel@nb\r\nA;Blåbærsyltetøy\r\nB;Små øyer\r\nC;Ærlig\r\nD;C\r\n"


@pytest.mark.parametrize("encoding", [*ENCODINGS, "utf-16-le", "utf-16-be"])
def test_another_encoding_is_told_once_and_the_words_are_read(encoding: str) -> None:
    file = read_vocabulary("v", NORDIC.encode(encoding), "names")
    assert [(one.code, one.of(UnreadableTable).reason, one.of(UnreadableTable).encoding) for one in file.problems] == [
        ("VKD604", "utf-8", ENCODINGS.get(encoding, "UTF-16"))
    ]
    assert [concept.label("nb") for concept in file.concepts] == ["Blåbærsyltetøy", "Små øyer", "Ærlig", "C"]
    assert (file.editable, file.is_unread) == (False, False)


def test_rows_of_two_encodings_are_each_read_as_they_are() -> None:
    data = "code,prefLabel@nb\nA,Blåbær\n".encode() + "B,Små øyer\n".encode("cp1252")
    file = read_vocabulary("v", data, "names")
    assert [concept.label("nb") for concept in file.concepts] == ["Blåbær", "Små øyer"]
    (problem,) = file.problems
    assert (problem.row, problem.start) == (2, 4)


NO_TABLES = {
    "a workbook": (b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0" + bytes(range(256)), "workbook"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "workbook"),
    "a document": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "not-text"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not-text"),
    "a database": (b"SQLite format 3\0\x10\0", "not-text"),
    "bytes": (bytes(range(256)) * 8, "not-text"),
    "nothing but NUL": (bytes(40), "not-text"),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_is_told_once_and_none_of_it_is_read(name: str) -> None:
    data, reason = NO_TABLES[name]
    file = read_vocabulary("v", data, "names")
    assert [(one.code, one.of(UnreadableTable).reason) for one in file.problems] == [("VKD604", reason)]
    assert (file.lines, file.concepts, file.is_unread) == ((), (), True)


def test_letters_that_an_editor_has_lost_are_told_once() -> None:
    file = read_vocabulary_lines("v", split_lines("code;prefLabel@nb\nA;Bl\ufffdb\ufffdr\nB;Sm\ufffd\n"), "names")
    assert [(one.of(UnreadableTable).reason, one.row, one.start) for one in file.problems] == [("letters", 1, 4)]
    assert file.is_unread


def test_nothing_is_told_missing_that_may_stand_in_a_file_that_was_not_read() -> None:
    files = [
        read_vocabulary("n", b"PK\x03\x04", "names"),
        read_vocabulary("n2", b"code\nA.B\n", "names"),
        read_vocabulary("c", b"code,classification,seeAlso\nK,Y,L\n", "characteristics"),
    ]
    found = build_vocabularies(files).problems
    assert {path: [problem.code for problem in problems] for path, problems in found.items()} == {
        "n": ["VKD604"],
        "n2": [],
        "c": ["VKD605"],
    }


def test_a_code_is_one_whichever_way_its_letters_are_made() -> None:
    files = [read_vocabulary("n", "code,seeAlso\nA\u030a.1,Å\nÅ,A\u030a.1\n".encode(), "names")]
    found = build_vocabularies(files)
    assert (list(found.names.concepts), found.problems["n"]) == (["Å.1", "Å"], ())
    for code in ("Å.1", "A\u030a.1"):
        concept = found.names.coded(code)
        assert concept
        assert concept.code == "Å.1"


def test_one_quote_that_is_never_closed_takes_no_row_but_its_own() -> None:
    rows = "".join(f"K{number},ord {number}\n" for number in range(1000))
    file = read_vocabulary("v", f'code,prefLabel@nb\nA,"Bolig\n{rows}'.encode(), "names")
    assert [(one.of(UnreadableTable).reason, one.row) for one in file.problems] == [("quote", 1)]
    assert len(file.concepts) == 1001
