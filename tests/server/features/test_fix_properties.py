"""Every fix that is offered can be made and takes its diagnostic away, whatever else is wrong with the description."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.server.rules_there_are import LEVELS
from tests.server.workspaces import CENSUS, found_in, found_in_text, workspace
from vkd_grammar.text import content, split_lines
from vkd_server.features.refactoring.fixes import applied
from vkd_server.rules.rule import Fix

EVERYTHING = {code: "warning" for code, level in LEVELS.items() if level == "off"}
PRODUCT = ["0", "Produktbeskrivelse", "eksempel", "data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed"]
DEMAND = ["0", "Etterspørselsbeskrivelse", "bruker", "archive=both"]
LINES = [
    ["1", "Personer", "Personreg.nov.70", "Yrke", "19701101", "O"],
    ["2", '"', '"', "Kjønn", '"', "O"],
    ["3", "Personer", "Personreg.nov.60", "Alder", "19601101", "."],
]
WRONG = [
    *(
        "Yrkke",
        "Persner",
        "Personregistret",
        "Folketelingen 1970",
        "helt/ukjent",
        'et, "rart" ord',
        "Stilling|tittel",
        "Ny [X]",
    ),
    *(
        "Yrke",
        "Personer",
        "Døde",
        "Personaggregat",
        "Individ",
        "Omsetning",
        "Inntekt",
        "[K55]",
        "[K5]",
        "Yrke [K4]",
        "Yrke [Q]",
    ),
    *(
        "1970..1960",
        "1970..1960:A",
        "1970..:A",
        "?",
        "1970..1971:K",
        "1970-1971, årlig",
        "197001..197006:A",
        "1970-11-01",
        "197O",
        "1.11.1970",
        "19701131",
        "196-----",
        "-",
        '"',
        "",
        "0",
        "o",
        "og",
        "E",
        "N",
        ".",
        "7",
    ),
    *(
        "a\\",
        "\x07",
        "Etterspørsel",
        "ft70-person",
        "fom=csv",
        "form=csv; form=px",
        "access=open; unit-id=Personnumer",
        "data=f:x",
    ),
    *("data=F:ft70-person.cs", "doc=Q:x", "lead-time=to", "archive=alt", "profile=kanskje", "unit-id=Yrkke, Alder"),
    *("Alder, Kjønn", "alder og yrkke", "Alder [K3], Kjønn [K4]", "unit-id=Yrk, Yrk", "titl=a; versjn=b", "updated=x"),
    *("Bostedskommune", "Persone", "Persons", "title@en=a; title@en=b", "columns=a"),
    *("1970-1-1", "20-01-15", "2019/2020", "1970S1", "jan 1970", "2021W53", "19700101-19701231"),
    "plain words, and more of them",
]


@st.composite
def descriptions(draw: st.DrawFn) -> str:
    """A description with up to three fields that say something else than they should, and lines too few or too many."""
    rows = [list(row) for row in [draw(st.sampled_from([PRODUCT, DEMAND])), *LINES]]
    for _ in range(draw(st.integers(1, 3))):
        row = draw(st.sampled_from(rows))
        at = draw(st.integers(0, len(row) - 1))
        row[at] = draw(st.sampled_from([*WRONG, *WRONG, "EXTRA", "GONE"]))
        row[at : at + 1] = {"EXTRA": [row[at], row[at]], "GONE": []}.get(row[at], [row[at]])
        row += [] if row else ["x"]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join([" / ".join(row) for row in rows] + draw(st.sampled_from([[], [""]])))


def after(text: str, fix: Fix) -> Counter[tuple[str, str]]:
    """The diagnostics of a text, by code and message, after a fix of it or of the vocabularies."""
    own = [edit for edit in fix.edits if edit.path == "a.vkd"]
    fixed = applied(split_lines(text), own)
    assert fixed != text or len(own) < len(fix.edits)
    if len(own) == len(fix.edits):
        return Counter((one.code, one.message) for one in found_in_text(fixed, levels=EVERYTHING))
    with TemporaryDirectory() as folder:
        files: dict[str, str | bytes] = {"a.vkd": fixed}
        for path in {edit.path for edit in fix.edits} - {"a.vkd"}:
            lines = split_lines((CENSUS / path).read_bytes().decode())
            files[path] = applied(lines, [edit for edit in fix.edits if edit.path == path]).encode()
            assert not found_in(workspace(Path(folder), {path: files[path]}), path)
        return Counter(
            (one.code, one.message) for one in found_in(workspace(Path(folder), files, levels=EVERYTHING), "a.vkd")
        )


def unread(found: Counter[tuple[str, str]]) -> int:
    """How many things say nothing: what cannot be read, and words that mean nothing."""
    return sum(count for (code, _), count in found.items() if code < "VKD105")


@settings(max_examples=50, deadline=None)
@given(descriptions())
def test_every_fix_takes_its_diagnostic_away(text: str) -> None:
    lines = split_lines(text)
    found = found_in_text(text, levels=EVERYTHING)
    before = Counter((one.code, one.message) for one in found)
    for one in found:
        assert len({fix.title for fix in one.fixes()}) == len(one.fixes())
        for fix in one.fixes():
            for edit in fix.edits:
                here = edit.path == "a.vkd" and edit.start.row < len(lines)
                assert edit.start <= edit.end
                assert not here or edit.start.column <= len(content(lines[edit.start.row]))
                assert edit.path == "a.vkd" or (CENSUS / edit.path).is_file()
            left = after(text, fix)
            assert left[one.code, one.message] < before[one.code, one.message], (text, one.message, fix)
            # What stands under a key that is unknown is not read, so that it may turn out to be wrong.
            assert unread(left) <= unread(before) + (one.code == "VKD402"), (text, one.message, fix)
