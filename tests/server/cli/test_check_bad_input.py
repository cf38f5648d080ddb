"""`vkd check` on what no one should write: a message with its place each, no traceback, no hanging."""

import unicodedata
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import workspace

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n"
LINE = "1 / Personer / Personreg.nov.70 / Kjønn / 19701101 / .\n"

TEXTS = {
    "empty": (b"", []),
    "one line end": (b"\n", []),
    "crlf": ((DEMAND + LINE).replace("\n", "\r\n").encode(), []),
    "cr alone": ((DEMAND + LINE).replace("\n", "\r").encode(), []),
    "no end of line": ((DEMAND + LINE).rstrip("\n").encode(), []),
    "bom": (b"\xef\xbb\xbf" + (DEMAND + LINE).encode(), []),
    "decomposed letters": (unicodedata.normalize("NFD", DEMAND + LINE).encode(), []),
    "line separator in a word": (
        (DEMAND + LINE.replace("Kjønn", "Kj\u2028nn")).encode(),
        ["VKD101:2:35", "VKD009:2:37"],
    ),
    "null": ((DEMAND + LINE.replace("Kjønn", "Kj\0nn")).encode(), ["VKD101:2:35", "VKD009:2:37"]),
    "latin-1": ((DEMAND + LINE).encode("latin-1"), ["VKD002:1:5", "VKD009:1:12", "VKD101:2:35"]),
    "utf-16": ((DEMAND + LINE).encode("utf-16"), ["VKD009:1:1"]),
    "binary": (bytes(range(256)) * 40, ["VKD009:1:1"]),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89", ["VKD009:1:1"]),
    "a backslash at the end": ((DEMAND + LINE + "# slutt\\").encode(), []),
    "a lone surrogate": (DEMAND.encode() + LINE.encode().replace(b"Kj\xc3\xb8nn", b"Kj\xed\xa0\x80nn"), None),
    "only slashes": (b"////\n/\n//////\n", None),
    "deep nesting": (b"[" * 50_000 + b"\n", None),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts(vkd: Vkd, tmp_path: Path, name: str) -> None:
    data, expected = TEXTS[name]
    workspace(tmp_path, {"a.vkd": data})
    called = vkd("check", "--output-format", "json", "a.vkd")
    found = [f"{one['code']}:{one['start']['line']}:{one['start']['column']}" for one in called.json]
    assert expected is None or found == expected
    assert called.code == (1 if found else 0)
    assert called.err == ""
    assert vkd("check", "a.vkd").code == called.code


def test_a_line_without_end(vkd: Vkd, tmp_path: Path) -> None:
    workspace(
        tmp_path, {"a.vkd": DEMAND.encode() + LINE.encode() + b"\n" + b"1" * 10_000_000 + b"\n" + DEMAND.encode()}
    )
    called = vkd("check", "--output-format", "json", "a.vkd")
    assert [(one["code"], one["start"]["line"]) for one in called.json] == [("VKD009", 4), ("VKD002", 5)]
    assert len(called.out) < 2000


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("prefLabel@nb,from,to\nÅret,1960,1960\n", "VKD604", 1),
        ("code,prefLabel@nb\nT1,Året,for mye\n", "VKD604", 2),
        ('code,prefLabel@nb\nT1,"uten slutt\n', None, 0),
        ("", "VKD604", 1),
        ("\0\0\0", "VKD604", 1),
        ("code,prefLabel@nb\n" + "x" * 200_000 + ",y\n", "VKD604", 2),
    ],
)
def test_vocabularies(vkd: Vkd, tmp_path: Path, text: str, code: str | None, line: int) -> None:
    workspace(tmp_path, {"vocabulary/times.csv": text})
    called = vkd("check", "--output-format", "json", "vocabulary/times.csv")
    assert called.err == ""
    found = [(one["code"], one["start"]["line"]) for one in called.json]
    assert code is None or (code, line) in found


def test_a_product_named_twice(vkd: Vkd, tmp_path: Path) -> None:
    product = "0 / Produktbeskrivelse / X / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
    workspace(tmp_path, {"products/a.vkd": product + LINE, "products/b.vkd": product + LINE})
    found = vkd("check", "--output-format", "json").json
    places = [(one["code"], one["path"]) for one in found if one["code"] == "VKD404"]
    assert places == [("VKD404", "products/a.vkd"), ("VKD404", "products/b.vkd")]
    assert all("products/a.vkd:1" in one["message"] and "products/b.vkd:1" in one["message"] for one in found[-2:])


@pytest.mark.parametrize("name", ["å ø.vkd", "-a.vkd", "a b.vkd", "a'b\"c.vkd", "a,b:c.vkd", "😀.vkd", "a%20b.vkd"])
@pytest.mark.parametrize("output_format", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_names_of_files(vkd: Vkd, tmp_path: Path, name: str, output_format: str) -> None:
    workspace(tmp_path, {name: DEMAND + LINE.replace("Kjønn", "Kjnn")})
    called = vkd("check", "--output-format", output_format)
    assert (called.code, called.err) == (1, "")


def test_a_folder_named_as_a_file(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"products/x.vkd/a.vkd": DEMAND + LINE})
    assert vkd("check").code == 0


def test_a_link_that_leads_nowhere(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {}).joinpath("a.vkd").symlink_to("nowhere.vkd")
    called = vkd("check")
    assert called.code == 2
    assert called.err.count("\n") == 1
