"""Personal identity numbers: what is taken for one, and that it is never said. None here is a living person's."""

import pytest

from tests.server.workspaces import found_in_text
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.rules.shared.personal import masked, may_hold_one, personal_numbers

# Born in 1860, or what the Swedish tax agency publishes for tests.
NORWEGIAN = "01016050012"
SWEDISH = "121212-1212"


def d_number() -> str:
    """The first D-number of somebody born on 1 January 1860."""
    candidates = (f"410160{number:05d}" for number in range(50000, 74999))
    return next(text for text in candidates if any(personal_numbers(text)))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        (NORWEGIAN, "no"),
        ("010160 50012", "no"),
        (d_number(), "no"),
        (SWEDISH, "se"),
        ("1212121212", "se"),
        ("121212+1212", "se"),
        ("19121212-1212", "se"),
        ("191212121212", "se"),
        (f"fnr:{NORWEGIAN}.", "no"),
        (f"å{SWEDISH}å", "se"),
    ],
)
def test_what_looks_like_one(text: str, country: str) -> None:
    (number,) = personal_numbers(f"før {text} etter")
    assert number.country == country
    assert may_hold_one(text)
    assert not any(character.isdigit() for character in masked(text))


@pytest.mark.parametrize(
    "text",
    [
        "01016050013",
        "32016050012",
        "01136050012",
        "121212-1213",
        "121312-1212",
        "19121212-121",
        "119121212-1212",
        "19610101..19651231",
        "19701101",
        "1970-11-01",
        f"9{NORWEGIAN}",
        "١٢١٢١٢١٢١٢",
    ],
)
def test_what_does_not(text: str) -> None:
    assert list(personal_numbers(text)) == []
    assert masked(text) == text


def said(diagnostics: tuple[Diagnostic, ...]) -> str:
    return "\n".join(
        text
        for one in diagnostics
        for text in (one.message, *(fix.title + "".join(edit.text for edit in fix.edits) for fix in one.fixes()))
    )


@pytest.mark.parametrize(
    "text",
    [
        f"# {NORWEGIAN}\n0 / Etterspørselsbeskrivelse / {SWEDISH}\n1 / Person / {NORWEGIAN} / Yrke / 1970 / .\n",
        f"0 / Produktbeskrivelse / {NORWEGIAN} / contact={SWEDISH}; {NORWEGIAN}=x; access={SWEDISH}\n",
        f"0 / {NORWEGIAN} / x\n{NORWEGIAN} / {SWEDISH} / {SWEDISH} / {SWEDISH} / {NORWEGIAN} / {SWEDISH}\n",
        f"0 / Etterspørselsbeskrivelse / x\n1 / Personer / {NORWEGIAN} [K5] / Yrke [{NORWEGIAN}] / {SWEDISH} / .\n",
        f"{NORWEGIAN}\n",
    ],
)
def test_no_message_and_no_fix_says_one(text: str) -> None:
    found = found_in_text(text)
    assert len([one for one in found if one.code == "VKD504"]) == text.count(NORWEGIAN) + text.count(SWEDISH)
    assert NORWEGIAN not in said(found)
    assert SWEDISH not in said(found)
