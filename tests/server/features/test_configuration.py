"""What an editor is told in a `vkd.toml`, with the cursor at a mark."""

import random
from pathlib import Path

import pytest

from tests.server.features.marked import MARK, census
from tests.server.test_configuration_schema import SCHEMA, SETTINGS, VALUES, is_read
from tests.server.workspaces import CENSUS
from vkd_catalog.engines import ENGINES
from vkd_catalog.languages import say
from vkd_catalog.toml import as_text, read_toml
from vkd_grammar.text import Position, split_lines
from vkd_server.features.configuration.completion import complete
from vkd_server.features.configuration.problems import settings_problems
from vkd_server.features.configuration.settings import SETTINGS as TABLE
from vkd_server.features.configuration.spots import hover, paths
from vkd_server.features.refactoring.fixes import applied
from vkd_server.rules.rule import TextEdit

CENSUS_TEXT = (CENSUS / "vkd.toml").read_text(encoding="utf-8")


def at_mark(text: str) -> tuple[list[str], Position]:
    before, _, after = text.partition(MARK)
    lines = split_lines(before)
    ended = not lines or lines[-1][-1] in "\r\n"
    place = Position(len(lines), 0) if ended else Position(len(lines) - 1, len(lines[-1]))
    return split_lines(before + after), place


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ('a = "b" # c\n', [("a", "value", "b")]),
        ("[s]\n\"å 🙂\" = 'b#'\nc.d = 1.5\n", [("s.å 🙂", "value", "b#"), ("s.c.d", "value", "")]),
        ('[ s . t ]\na = [ "b", # c\n  "d"\n]\ne = 2\n', [("s.t.a", "list", "b|d"), ("s.t.e", "value", "")]),
        ('a = { b = "c", d = ["e"] }\n', [("a", "table", ""), ("a.b", "value", "c"), ("a.d", "list", "e")]),
        ('[s]\na = ["b",\nc = "d"\n', [("s.a", "list", "b"), ("s.c", "value", "d")]),
        ('[s]\na = ["b"\n[t]\nc = 1\n', [("s.a", "list", "b"), ("t.c", "value", "")]),
        ("a\nb =\n", [("a", "missing", ""), ("b", "missing", "")]),
        ('a = "b\\"c\\\\"\n', [("a", "value", 'b"c\\')]),
        ('a = "b\n', [("a", "value", "b")]),
        ("= 1\n]\n{\n", []),
    ],
)
def test_keys_and_values_are_found(text: str, entries: list[tuple[str, str, str]]) -> None:
    found = read_toml(split_lines(text)).entries
    assert [(".".join(one.path), one.shape, "|".join(value.text for value in one.values)) for one in found] == entries


@pytest.mark.parametrize("section", SETTINGS)
def test_what_is_an_error_here_is_what_the_reader_refuses(section: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    for key in SETTINGS[section]:
        for value in VALUES:
            for text in (f"[{section}]\n{key} = {value}\n", f"{section}.{key} = {value}\n"):
                found = [one for one in settings_problems(split_lines(text), tmp_path, "nb") if one.severity == "error"]
                missing = [one for one in found if "finnes ikke" in one.message]
                assert (found == missing) == is_read(text, tmp_path), (text, found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "catalogue = 1\n",
        "archives = []\n",
        "nonsense = 1\n",
        "[check]\nlevels = 1\n",
        "[[catalogue]]\n",
        "[archives.F]\n",
        "a = \n",
        "[check]\nignore = ['a\n",
    ],
)
def test_sections_are_judged_as_the_reader_does(text: str, tmp_path: Path) -> None:
    found = [one for one in settings_problems(split_lines(text), tmp_path, "nb") if one.severity == "error"]
    assert (not found) == is_read(text, tmp_path), found


@pytest.mark.parametrize(
    ("text", "message", "fixed"),
    [
        ('[catalog]\nname = "a"\n', "«catalog» er ingen innstilling her.", '[catalogue]\nname = "a"\n'),
        (
            '[catalogue]\nlangauge = "nb"\n',
            "«langauge» er ingen innstilling her. Kjent er name, language.",
            '[catalogue]\nlanguage = "nb"\n',
        ),
        (
            '[register]\nengine = "embeded"\n',
            f"engine kan ikke være «embeded». Kjent er {', '.join(ENGINES)}.",
            '[register]\nengine = "embedded"\n',
        ),
        (
            '[check]\nignore = ["VKD501", "VKD40l"]\n',
            "«VKD40l» er ingen melding.",
            '[check]\nignore = ["VKD501", "VKD401"]\n',
        ),
        ('[check.levels]\nVKD40l = "off"\n', "«VKD40l» er ingen melding.", '[check.levels]\nVKD401 = "off"\n'),
        (
            '[check]\nlevels = { VKD101 = "of" }\n',
            "VKD101 kan ikke være «of».",
            '[check]\nlevels = { VKD101 = "off" }\n',
        ),
        *(
            (f'[register]\nurl = "{url}"\n', "Et passord står aldri i en vkd.toml", None)
            for url in (
                "postgresql://anne:hemmelig@db.example.org/register",
                "postgres://db/register?user=anne&password=hemmelig",
            )
        ),
        ('[register]\nurl = "mysql://db/register"\n', "Adressen til et register begynner med postgresql://", None),
        ("[catalogue]\nname = 1\n", "name skal være en tekst i hermetegn.", None),
        ('[vocabularies]\nnames = "a.csv"\n', 'names skal være en liste av tekster, ["…"].', None),
        ('[vocabularies]\nnames = ["nowhere.csv"]\n', "Filen «nowhere.csv» finnes ikke.", None),
        ('[archives]\nF = "nowhere/"\n', "«nowhere/» finnes ikke i arbeidsområdet.", None),
        ("[catalogue\n", "Ikke gyldig TOML: ", None),
        (
            "[disclosure]\ntreshold = 5\nlog = 'a'\n",
            "«treshold» er ingen innstilling her.",
            "[disclosure]\nthreshold = 5\nlog = 'a'\n",
        ),
        ("[disclosure]\nthreshold = 5.0\n", "threshold skal være et helt tall, 0 eller mer.", None),
        ("[disclosure]\nround-to = 0\n", "round-to skal være et helt tall, 1 eller mer.", None),
        ("[disclosure]\ndominance = [1,\n 0.8]\n", "dominance skal være et antall enheter, 1 til 10, og prosent", None),
        ("[disclosure]\np-percent = 0.1\n", "p-percent skal være prosent, 1 til 100.", None),
        ("[disclosure]\nwinsorise = 0.7\n", "winsorise skal være prosent i hver ende", None),
        ("[disclosure]\nrefuse-above = 50\n", "refuse-above skal være en andel, 0 til 1.", None),
        ("[disclosure]\nlog = true\n", "log skal være en tekst i hermetegn.", None),
        ("[disclosure]\nthreshold = 5\n", "[disclosure] mangler log: uten den", None),
        ("[disclosure]\nround-to = 5\nlog = 'a'\n", "[disclosure] mangler threshold: uten den", None),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_put_right(text: str, message: str, fixed: str | None) -> None:
    lines = split_lines(text)
    found = settings_problems(lines, CENSUS, "nb")
    assert found[0].message.startswith(message), found
    assert len(found) == 1
    instead = [applied(lines, [TextEdit("vkd.toml", found[0].start, found[0].end, one)]) for one in found[0].instead]
    assert fixed is None or fixed in instead


@pytest.mark.parametrize("example", ["folketelling", "utdanning", "registre-dk"])
def test_nothing_is_wrong_with_the_examples(example: str) -> None:
    folder = CENSUS.parent / example
    assert settings_problems(split_lines((folder / "vkd.toml").read_text(encoding="utf-8")), folder, "nb") == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "‸",
            [f"[{name}]" for name in ("catalogue", "vocabularies", "products", "archives", "check", "register")]
            + ["[documents]", "[catalogues]", "[disclosure]", "[check.levels]"],
        ),
        ("[catalogue]\n[c‸", ["check", "catalogues", "check.levels"]),
        ("[c‸]\n", ["catalogue", "check", "catalogues", "check.levels"]),
        ('[catalogue]\nname = "a"\n‸\n', ["language"]),
        ('[catalogue]\nlan‸ = "nb"\n', ["language"]),
        ("[catalogue]\nlanguage = ‸\n", ["nb", "nn", "sv", "da", "en"]),
        ('[catalogue]\nlanguage = "n‸"\n', ["nb", "nn"]),
        ('[register]\nengine="‸\n', list(ENGINES)),
        ('[check]\nignore = ["VKD401", "VKD40‸"]\n', ["VKD402", "VKD403", "VKD404", "VKD405"]),
        ('[check]\nignore = [\n  "VKD401",\n  VKD40‸\n]\n', ["VKD402", "VKD403", "VKD404", "VKD405"]),
        ("[check.levels]\nVKD30‸\n", ["VKD301", "VKD302", "VKD303", "VKD304", "VKD305"]),
        ('[check]\nlevels = { VKD301 = "o‸" }\n', ["off"]),
        ('[vocabularies]\nnames = ["vocabulary/na‸"]\n', ["vocabulary/names.csv"]),
        ('[archives]\nF = "arch‸"\n', ["archive/"]),
        ('[products]\ninclude = ["prod‸"]\n', ["products/**/*.vkd"]),
        ('[documents]\ninclude = ["‸"]\n', ["**/*.md", "documents/**/*.md"]),
        ("[catalogue]\n# lan‸\n", None),
        ("[archives]\n‸\n", []),
        ("[disclosure]\nthreshold = ‸\n", ["5"]),
        ("[disclosure]\ndominance = ‸\n", ["[2, 85]"]),
        ('[disclosure]\nlog = "‸"\n', ["disclosure.jsonl"]),
        ("[disclosure]\nthreshold = 5\nz‸", ["zero-below"]),
    ],
)
def test_completion(text: str, labels: list[str] | None) -> None:
    lines, place = at_mark(text)
    found = complete(lines, place, census()[0])
    assert (found and [item.label for item in found.items]) == labels


@pytest.mark.parametrize(
    "text",
    [
        "[catalogue]\nlanguage = ‸\n",
        "[check]\nignore = ‸\n",
        "[check]\n‸",
        "‸",
        "[check]\nignore = [‸]\n",
        "[vocabularies]\ntim‸",
        "[ch‸",
        '[catalogue]\nlanguage = "‸"',
        '[disclosure]\nlog = "‸"\n',
        "[disclosure]\nlog = ‸\n",
        "[disclosure]\n‸",
    ],
)
def test_a_chosen_item_leaves_a_file_that_is_read_or_waits_for_its_value(text: str, tmp_path: Path) -> None:
    lines, place = at_mark(text)
    found = complete(lines, place, census()[0])
    assert found
    for item in found.items:
        done = applied(lines, [TextEdit("vkd.toml", found.start, found.end, item.insert)])
        done = done + "]" if text.startswith("[ch‸") else done
        assert is_read(done, tmp_path) or done.rstrip().endswith("="), done


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("[vocab", ["**[vocabularies]**", "Hver ordlistes CSV-filer"]),
        ("langu", ["**language**", "`nb`, `nn`, `sv`, `da`, `en`", "Uten den: `nb`"]),
        ("\nF", ["**F**", "Står for", "folketelling/archive"]),
        ("includ", ["**include**", "`**/*.vkd`"]),
        ("round-to", ["**round-to**", "Antall rundes av", "Anbefalt: `5`"]),
    ],
)
def test_hover(before: str, said: list[str]) -> None:
    text = f"{CENSUS_TEXT}\n[disclosure]\nround-to = 3\n"
    lines, place = at_mark(text.replace(before, before + MARK, 1))
    found = hover(lines, place, "nb", CENSUS)
    assert found
    assert [one for one in said if one not in found.text] == [], found.text


def test_a_code_is_explained() -> None:
    lines, place = at_mark('[check]\nignore = ["VKD5‸01"]\n')
    found = hover(lines, place, "en", CENSUS)
    assert found
    assert (
        found.text.startswith("**VKD501** Product uses a characteristic without definition") or "VKD501" in found.text
    )


def test_paths_lead_to_their_files() -> None:
    found = list(paths(split_lines(CENSUS_TEXT), CENSUS))
    assert [path.target.name for path in found] == ["object-types.csv", "names.csv", "characteristics.csv", "times.csv"]


def test_the_schema_says_what_is_said_here() -> None:
    for path, setting in TABLE.items():
        schema = SCHEMA
        for name in path:
            schema = schema["properties"][name]
        assert schema["description"] == say(setting.about, "en").replace("`", ""), path


@pytest.mark.parametrize("text", ['å"\\', "tab\t", "\x7f", "a/b"])
def test_texts_are_written_as_they_are_read(text: str) -> None:
    assert read_toml([f"a = {as_text(text)}\n"]).entries[0].values[0].text == text


@pytest.mark.parametrize("seed", range(40))
def test_half_typed_files_are_answered(seed: int) -> None:
    chance = random.Random(seed)
    pieces = [
        "[",
        "]",
        "{",
        "}",
        "=",
        ".",
        ",",
        '"',
        "'",
        "\n",
        "\r\n",
        "#",
        "check",
        "levels",
        "VKD101",
        "archives",
        "å🙂",
        " ",
        "\\",
        '"""',
        "\0",
        "names",
        "1",
    ]
    text = "".join(chance.choices(pieces, k=50))
    at = chance.randrange(len(text) + 1)
    lines, place = at_mark(text[:at] + MARK + text[at:])
    settings_problems(lines, CENSUS, "sv")
    complete(lines, place, census()[0])
    hover(lines, place, "da", CENSUS)
    list(paths(lines, CENSUS))
