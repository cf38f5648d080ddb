"""Every rule's examples: the bad one gives that diagnostic and no other, the good one gives none."""

import re
from pathlib import Path

import pytest

from tests.server.rules_there_are import LEVELS
from tests.server.workspaces import found_in, found_in_data, workspace
from vkd_catalog.languages import languages
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.rules import CODES, FOUND_BELOW, FOUND_HERE, FOUND_IF_ASKED, FOUND_IN_DATA, rule_of
from vkd_server.rules.rule import Rule

LANGUAGES = languages()
RULES = Path(__file__).parents[3] / "server/vkd_server/rules"


def found(tmp_path: Path, one: Rule, text: str, language: str = "nb") -> tuple[Diagnostic, ...]:
    files = {**dict(one.example.beside), one.example.file: text}
    levels = {one.code: "warning"} if LEVELS[one.code] == "off" else {}
    folder = workspace(tmp_path, files, language=language, levels=levels)
    return found_in(folder, one.example.file) + (found_in_data(folder, one.example.file) if is_of_data(one) else ())


def is_of_data(one: Rule) -> bool:
    return any(name.startswith(one.code.lower()) for name in FOUND_IN_DATA)


@pytest.mark.parametrize("code", LEVELS)
def test_the_bad_example_gives_this_diagnostic_alone(tmp_path: Path, code: str) -> None:
    diagnostics = found(tmp_path, rule_of(code), rule_of(code).example.bad)
    assert {(one.code, one.severity) for one in diagnostics} == {
        (code, "warning" if LEVELS[code] == "off" else LEVELS[code])
    }


@pytest.mark.parametrize("code", LEVELS)
def test_the_good_example_gives_none(tmp_path: Path, code: str) -> None:
    assert [(one.code, one.message) for one in found(tmp_path, rule_of(code), rule_of(code).example.good)] == []


@pytest.mark.parametrize("code", LEVELS)
def test_a_rule_speaks_every_language(tmp_path: Path, code: str) -> None:
    one = rule_of(code)
    said = [found(tmp_path / language, one, one.example.bad, language)[0].message for language in LANGUAGES]
    titles, reasons = [[text(language) for language in LANGUAGES] for text in (one.title, one.reason)]
    for texts in (titles, reasons, said):
        # A text may be the same in Norwegian, of either kind, and Danish.
        assert len(set(texts)) >= len(LANGUAGES) - 2, texts
        assert all(20 <= len(text) <= 300 or texts is titles for text in texts), texts
        assert not any(re.search(r"[{}]|None", text) for text in texts), texts


@pytest.mark.parametrize("code", LEVELS)
def test_fixes_of_the_example_have_titles_and_change_something(tmp_path: Path, code: str) -> None:
    for one in found(tmp_path, rule_of(code), rule_of(code).example.bad):
        assert len({fix.title for fix in one.fixes()}) == len(one.fixes())
        for fix in one.fixes():
            assert fix.title
            assert not any(edit.path.startswith(("/", "..")) for edit in fix.edits)
            assert fix.edits
            assert all(edit.text or edit.start < edit.end for edit in fix.edits)


def test_the_list_names_every_rule_there_is() -> None:
    assert [path.stem for path in sorted(RULES.glob("vkd*.py"))] == sorted(
        (*FOUND_BELOW, *FOUND_HERE, *FOUND_IF_ASKED, *FOUND_IN_DATA)
    )
    for names in (FOUND_BELOW, FOUND_HERE, FOUND_IF_ASKED, FOUND_IN_DATA):
        assert list(names) == sorted(names)
    assert all(rule_of(code).code == code for code in CODES)


def test_the_list_says_which_rules_have_a_check() -> None:
    checks = {code: rule_of(code).level == "off" for code in CODES if rule_of(code).check}
    listed = [(FOUND_HERE, False), (FOUND_IF_ASKED, True)]
    assert checks == {name[:6].upper(): is_off for names, is_off in listed for name in names}


def test_there_is_no_other_rule() -> None:
    with pytest.raises(KeyError):
        rule_of("VKD999")
