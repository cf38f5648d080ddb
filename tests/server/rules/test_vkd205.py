"""Which lines of a demand say the same: by what they mean, each group by itself."""

import pytest

from tests.server.workspaces import found_in_text

SAID = "Personer / Personreg.nov.70 / Yrke / 19701101"


def lines_found(text: str) -> list[int]:
    """The rows of the lines that say again what another does."""
    return [one.start.row for one in found_in_text(text) if one.code == "VKD205"]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ((f"1 / {SAID} / O", '2 / " / " / " / " / .'), [2]),
        ((f"1 / {SAID} / O", "2 / Persons / [P.70] / Occupation / 1970-11-01 / ."), []),
        ((f"1 / {SAID} / O", "2 / persons / [P.70] / occupation / Folketellingen 1970 / ."), [2]),
        ((f"1 / {SAID} / O", f"2 / {SAID} / O", f"3 / {SAID} / ."), [2, 3]),
        ((f"1 / {SAID} / E", f"2 / {SAID} / ."), []),
        ((f"1 / {SAID} / N", f"2 / {SAID} / ."), [2]),
        (("1 / - / - / - / - / O", "2 / - / - / - / - / ."), [2]),
        (("1 / Personer / - / Ukjent / - / O", "2 / Personer / - / Ukjent / - / ."), []),
    ],
)
def test_lines_that_mean_the_same(lines: tuple[str, ...], rows: list[int]) -> None:
    assert lines_found("\n".join(["0 / Etterspørselsbeskrivelse / x", *lines])) == rows


def test_a_product_may_say_a_thing_twice() -> None:
    assert lines_found(f"0 / Produktbeskrivelse / x\n1 / {SAID} / O\n2 / {SAID} / .\n") == []


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (SAID, "Linje 2 sier det samme som linje 1."),
        (
            "Personaggregater / Yrke / Sum / 1970",
            "Linje 2 sier det samme som linje 1. I en tabell må det da finnes to setninger, én for hver.",
        ),
        (
            "- / - / Sum / -",
            "Linje 2 sier det samme som linje 1. I en tabell må det da finnes to setninger, én for hver.",
        ),
        ("- / - / - / -", "Linje 2 sier det samme som linje 1."),
    ],
)
def test_the_first_is_named_and_led_to(said: str, message: str) -> None:
    text = f"0 / Etterspørselsbeskrivelse / x\n1 / {said} / O\n2 / {said} / .\n"
    (one,) = [one for one in found_in_text(text) if one.code == "VKD205"]
    assert (one.severity, one.message) == ("warning", message)
    assert [related.row for related in one.related()] == [1]
