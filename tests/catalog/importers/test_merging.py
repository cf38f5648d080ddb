"""A second run on a newer source: what one side alone changed is taken, what both changed is kept and named."""

import pytest

from vkd_catalog.importers.merging import merged
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser

BEFORE = """\
# 2026-01-01: made by x from y.

# About a.
0 / Produktbeskrivelse / a / form=csv; access=open
    ; updated=20250101
1 / Personer / R / Alder  / 2024 / O
2 / "        / " / Kjønn  / "    / O
3 / "        / " / Yrke   / "    / .

0 / Produktbeskrivelse / b / form=csv
1 / Personer / R / Alder / 2024 / O
2 / "        / " / Kjønn / "    / .
"""
NEW_TIME = BEFORE.replace("/ 2024", "/ 2025").replace("20250101", "20260101")
TABLE = "code,prefLabel@nb,sensitive\nA,Alder,\nB,Kjønn,\nC,Yrke,\n"


def told(name: str, before: str | None, mine: str, theirs: str) -> tuple[str, list[tuple[str, str]]]:
    """The text and, of what both changed, both versions; the descriptions of it can be read."""
    outcome = merged(name, before, mine, theirs)
    if name.endswith(".vkd"):
        assert [one.problems for one in read_document(outcome.text, Parser()).descriptions if one.problems] == []
    assert merged(name, theirs, outcome.text, theirs).text == outcome.text
    return outcome.text, [(clash.mine, clash.theirs) for clash in outcome.clashes]


@pytest.mark.parametrize("theirs", [NEW_TIME, BEFORE, "# nothing\n"])
def test_what_nobody_touched_is_the_source_s(theirs: str) -> None:
    assert told("a.vkd", BEFORE, BEFORE, theirs) == (theirs, [])


def test_what_the_source_left_alone_is_people_s_to_the_last_blank() -> None:
    mine = BEFORE.replace("O\n2 / ", "O\n2   /   ").replace("a / form=csv", "a / title=Hei; form=csv") + "\n\n# mine"
    assert told("a.vkd", BEFORE, mine, BEFORE) == (mine, [])


def test_a_title_by_hand_and_new_times_from_the_source_come_together() -> None:
    mine = BEFORE.replace("# About a.", "# About a, by hand.").replace("a / form=csv", "a / title=Hei; form=csv")
    text, clashes = told("a.vkd", BEFORE, mine, NEW_TIME)
    assert clashes == []
    assert "# About a, by hand.\n0 / Produktbeskrivelse / a / title=Hei\n    ; form=csv\n    ; access=open\n" in text
    assert "    ; updated=20260101\n1 / Personer / R / Alder / 2025 / O\n" in text
    assert text.endswith(
        '0 / Produktbeskrivelse / b / form=csv\n1 / Personer / R / Alder / 2025 / O\n2 / "        / " / Kjønn / "    / .\n'
    )


def test_a_comment_by_hand_stays_above_a_sentence_that_the_source_changes_and_the_other_way_round() -> None:
    noted = BEFORE.replace("2 / ", "# Registered.\n2 / ", 1)
    for mine, theirs in ((noted, NEW_TIME), (NEW_TIME, noted)):
        text, clashes = told("a.vkd", BEFORE, mine, theirs)
        assert clashes == []
        assert '/ 2025 / O\n# Registered.\n2 / "        / " / Kjønn / "    / O\n' in text


@pytest.mark.parametrize(
    ("mine", "theirs", "holds", "clashes"),
    [
        (  # Both changed the time of one sentence, and the source another's.
            BEFORE.replace('Yrke   / "    / .', "Yrke   / 2023 / ."),
            NEW_TIME,
            'Yrke  / 2023 / .\n# source now: Personer / R / Yrke / 2025\n',
            [("Personer / R / Yrke / 2023", "Personer / R / Yrke / 2025")],
        ),
        (  # People chose another word for the last variable, the source has one more.
            BEFORE.replace("Yrke  ", "Stilling"),
            BEFORE.replace('Yrke   / "    / .', 'Yrke   / "    / O\n4 / "        / " / Bosted / "    / .'),
            '3 / "        / " / Bosted   / "    / O\n4 / "        / " / Stilling / "    / .\n',
            [],
        ),
        (  # People have taken a sentence away that the source has changed.
            BEFORE.replace('1 / Personer / R / Alder  / 2024 / O\n2 / "        / " ', "1 / Personer / R ").replace('Kjønn  / "    / O\n3', "Kjønn / 2024 / O\n2"),
            NEW_TIME,
            "# source now: Personer / R / Alder / 2025\n",
            [("", "Personer / R / Alder / 2025")],
        ),
        (  # The source has one more year of what people have given another.
            BEFORE.replace("3 / ", "3 / Personer / R / Yrke / 2020 / O\n4 / ").replace('Yrke   / "    / .', "Yrke / 2021..2024 / ."),
            BEFORE.replace("3 / ", "3 / Personer / R / Yrke / 2019 / O\n4 / "),
            '/ Yrke  / 2019       / O\n',
            [],
        ),
        (  # Both changed one key.
            BEFORE.replace("access=open", "access=closed"),
            BEFORE.replace("access=open", "access=restricted"),
            "# About a.\n# source now: access=restricted\n0 / Produktbeskrivelse / a / form=csv\n    ; access=closed\n",
            [("closed", "restricted")],
        ),
        (  # The source has taken a description away that people have changed.
            BEFORE.replace("b / form=csv", "b / form=parquet"),
            BEFORE[: BEFORE.index("0 / Produktbeskrivelse / b")],
            "b / form=parquet\n",
            [("0 / Produktbeskrivelse / b / form=parquet", "")],
        ),
        (  # People have taken a description away; the source has a new one, where it stands there.
            BEFORE[: BEFORE.index("\n0 / Produktbeskrivelse / b")],
            BEFORE + "\n0 / Produktbeskrivelse / c / form=csv\n1 / Personer / R / Alder / 2024 / .\n",
            "0 / Produktbeskrivelse / c / form=csv\n",
            [],
        ),
        (  # What cannot be read is kept as it is, with the source's version below it.
            BEFORE.replace("2 / ", "2 / Personer / Personer / "),
            NEW_TIME,
            "# source now: 0 / Produktbeskrivelse / a / form=csv; access=open\n",
            None,
        ),
    ],
)  # fmt: skip
def test_what_both_changed_is_kept_and_named(
    mine: str, theirs: str, holds: str, clashes: list[tuple[str, str]] | None
) -> None:
    if clashes is None:
        outcome = merged("a.vkd", BEFORE, mine, theirs)
        assert holds in outcome.text
        assert len(outcome.clashes) == 2
        return
    text, found = told("a.vkd", BEFORE, mine, theirs)
    assert holds in text
    assert [(ours.split("\n")[0], others) for ours, others in found] == clashes


def test_where_the_last_run_is_not_known_nothing_is_lost_on_either_side() -> None:
    mine = BEFORE.replace("access=open", "access=closed")
    text, clashes = told(
        "a.vkd", None, mine, BEFORE + "\n0 / Produktbeskrivelse / c\n1 / Personer / R / Alder / 2024 / .\n"
    )
    assert "access=closed" in text
    assert "# source now: access=open" in text
    assert "Produktbeskrivelse / c" in text
    assert clashes == [("closed", "open")]


@pytest.mark.parametrize(
    ("mine", "theirs", "text", "clashes"),
    [
        (  # Cells of one row, changed on either side.
            TABLE.replace("A,Alder,", "A,Alder,no"),
            TABLE.replace("A,Alder,", "A,Alder i år,").replace("C,Yrke,", "C,Yrke,\nD,Bosted,"),
            "code,prefLabel@nb,sensitive\nA,Alder i år,no\nB,Kjønn,\nC,Yrke,\nD,Bosted,\n",
            [],
        ),
        (  # One cell, changed by both.
            TABLE.replace("Alder,", "Alderen,"),
            TABLE.replace("Alder,", "Alder i år,"),
            "code,prefLabel@nb,sensitive,x-source-now\nA,Alderen,,prefLabel@nb: Alder i år\nB,Kjønn,,\nC,Yrke,,\n",
            [("Alderen", "Alder i år")],
        ),
        (  # A spreadsheet has saved it its own way, with a column of one's own.
            "sep=;\r\ncode;prefLabel@nb;sensitive;x-mine\r\nA;Alder;;1\r\nB;Kjønn;;\r\nC;Yrke;;\r\n",
            TABLE.replace("Kjønn,", "Kjønnet,"),
            "sep=;\r\ncode;prefLabel@nb;sensitive;x-mine\r\nA;Alder;;1\r\nB;Kjønnet;;\r\nC;Yrke;;\r\n",
            [],
        ),
        (  # A code twice is two rows.
            TABLE + "A,Alder igjen,\n",
            TABLE.replace("Kjønn,", "Kjønnet,"),
            TABLE.replace("Kjønn,", "Kjønnet,") + "A,Alder igjen,\n",
            [],
        ),
        (  # The source has taken away what people have changed.
            TABLE.replace("C,Yrke,", "C,Yrke,yes"),
            TABLE.replace("C,Yrke,\n", ""),
            TABLE.replace("C,Yrke,", "C,Yrke,yes"),
            [("code C, prefLabel@nb Yrke, sensitive yes", "")],
        ),
    ],
)  # fmt: skip
def test_tables_come_together_cell_by_cell(mine: str, theirs: str, text: str, clashes: list[tuple[str, str]]) -> None:
    assert told("names.csv", TABLE, mine, theirs) == (text, clashes)


def test_settings_come_together_line_by_line() -> None:
    before = '# 2026-01-01: made.\n\n[catalogue]\nname = "A"\nlanguage = "nb"\n'
    mine = before.replace('"A"', '"Mine"') + '\n[check]\nignore = ["VKD501"]\n'
    theirs = before.replace("2026-01-01", "2026-02-02").replace('"A"', '"B"')
    text, clashes = told("vkd.toml", before, mine, theirs)
    assert text == (
        '# 2026-02-02: made.\n\n[catalogue]\nname = "Mine"\n# source now: name = "B"\nlanguage = "nb"\n'
        '\n[check]\nignore = ["VKD501"]\n'
    )
    assert clashes == [('name = "Mine"', 'name = "B"')]


def test_mappings_come_together_row_by_row_and_prose_by_quotations() -> None:
    before = "# From x.\nsubject_id\tpredicate_id\tobject_id\nA\tskos:exactMatch\tB\n"
    mine, theirs = before.replace("exact", "close"), before.replace("exact", "broad") + "C\tskos:exactMatch\tD\n"
    text, clashes = told("vocabulary/mappings.tsv", before, mine, theirs)
    assert text.splitlines()[2:] == ["A\tskos:closeMatch\tB", "A\tskos:broadMatch\tB", "C\tskos:exactMatch\tD"]
    assert len(clashes) == 1
    assert told("LICENSE.md", "a\n", "b\n", "c\n") == ("b\n> source now: c\n", [("b", "c")])
