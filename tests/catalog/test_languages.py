"""Each language is one file: it has every text, with the places of the English one, and every text is said somewhere."""

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from vkd_catalog.languages import counted, languages, load, quoted, say, with_fallbacks
from vkd_grammar.technical import KEYS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "catalog/vkd_catalog/languages"
ENGLISH = load("en").texts
LEFT_OUT = {"why-not.excluded": {"product"}}
"""Places that the English text does without: it says "the product"."""


def stated(tag: str) -> dict[str, str]:
    """The texts that a language's own file states."""
    texts: dict[str, str] = json.loads((FOLDER / f"{tag}.json").read_text(encoding="utf-8"))["texts"]
    return texts


def places(key: str, text: str) -> set[str]:
    """The names in braces; a count of none or one may be written out, as in `1 day`."""
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return names - {"count"} if key.endswith(("-one", "-none")) else names


def said_in_code() -> Iterator[str]:
    """What the code's strings could name, as patterns; a message's texts are named without their family."""
    for family, names in (("page", "editors/browser/src/*"), ("extension", "editors/vscode/src/**/*.ts")):
        for path in ROOT.glob(names):
            for text in re.findall(r'"([\w -]+)"', path.read_text(encoding="utf-8")):
                yield re.escape(f"{family}.{text}")
    for text in re.findall(r'"%([\w.]+)%"', (ROOT / "editors/vscode/package.json").read_text(encoding="utf-8")):
        yield re.escape(f"manifest.{text}")
    yield from (re.escape(f"page.{key.name}") for key in KEYS)
    for path in (*ROOT.glob("catalog/**/*.py"), *ROOT.glob("server/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values)
                pattern = "".join(parts)
                # What is all filled in names nothing.
                if re.search(r"[a-z0-9][.-]", pattern.replace("\\", "")):
                    yield pattern
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 80:
                yield re.escape(node.value)


def test_languages_stand_in_the_order_of_their_files() -> None:
    assert languages() == tuple(sorted(languages(), key=lambda tag: load(tag).order))
    assert len({load(tag).order for tag in languages()}) == len(languages())
    assert set(languages()) == {path.stem for path in FOLDER.glob("*.json")}


@pytest.mark.parametrize("tag", languages())
def test_a_language_says_what_it_is(tag: str) -> None:
    one = load(tag)
    assert one.tag == tag
    assert one.name
    assert len(one.quotes) == 2
    assert one.decimal in (",", ".")
    assert len(list(with_fallbacks(tag))) <= len(languages())
    assert quoted("a", tag) == f"{one.quotes[0]}a{one.quotes[1]}"


@pytest.mark.parametrize("tag", languages())
def test_a_language_has_every_text_and_none_more(tag: str) -> None:
    assert stated(tag).keys() == ENGLISH.keys()
    assert all(text.strip() for text in stated(tag).values())


@pytest.mark.parametrize("tag", languages())
def test_a_text_has_the_places_of_the_english_one(tag: str) -> None:
    for key, text in stated(tag).items():
        assert places(key, text) - LEFT_OUT.get(key, set()) == places(key, ENGLISH[key]), key


@pytest.mark.parametrize("tag", languages())
def test_files_are_sorted_alike(tag: str) -> None:
    written = (FOLDER / f"{tag}.json").read_text(encoding="utf-8")
    had = json.loads(written)
    assert list(had) == ["name", "order", "fallback", "quotes", "decimal", "alphabet", "texts"]
    assert list(had["texts"]) == sorted(had["texts"])
    assert written == json.dumps(had, ensure_ascii=False, indent=1) + "\n"


def test_what_is_counted_has_a_text_for_one_and_for_many() -> None:
    stems = {key.removesuffix("-one") for key in ENGLISH if key.endswith("-one")}
    assert {f"{stem}-many" for stem in stems} <= ENGLISH.keys()
    assert {key.removesuffix("-many") for key in ENGLISH if key.endswith("-many")} == stems


def test_every_text_is_said_somewhere() -> None:
    known = re.compile("|".join(f"(?:{pattern})" for pattern in set(said_in_code())))
    silent = []
    for key in ENGLISH:
        names = {key, re.sub(r"-(one|many|none)$", "", key), re.sub(r"^VKD\d{3}\.(title|reason)$", "RULE", key)}
        names |= {name.removeprefix("message.") for name in names}
        if "RULE" not in names and not any(known.fullmatch(name) for name in names):
            silent.append(key)
    assert silent == []


def test_a_language_that_there_is_not_is_answered_in_the_first() -> None:
    assert load("tlh") is load(languages()[0])
    assert load("../languages/en") is load(languages()[0])


def test_what_there_is_no_text_for_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        say("nothing.at-all", "en")


@pytest.mark.parametrize(
    ("count", "said"), [(0, "no information sets"), (1, "1 information set"), (2, "2 information sets")]
)
def test_things_are_counted(count: int, said: str) -> None:
    assert counted("editor.sets", count, "en") == said
