"""How many information sets a word would leave, where there are more products than are read."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.server.features.marked import marked
from tests.server.features.test_completion import DEMAND
from vkd_catalog.register import Register
from vkd_server.features import occurrences
from vkd_server.features.completion.complete import complete

LINES = (
    "1 / ‸",
    "1 / Personer / ‸",
    "1 / Personer / - / ‸",
    "1 / Personer / Personreg.nov.60 / kj‸",
    "1 / Personer / Personreg.nov.70 / kj‸",
    "1 / Personer / - / innt‸",
    "1 / Personer / - / [K6‸",
    "1 / Personaggregater / ‸ / Sum / 1965 / .",
)


class Asked:
    """A register that notes which products' sentences are read, and at how many sentences may be looked."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.read: set[int] = set()
        self.looked_at: set[int] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._register, name)

    def sentences(self, number: int) -> Sequence[object]:
        self.read.add(number)
        return self._register.sentences(number)

    def looked_for(self, ask: Any, most: int) -> Any:
        self.looked_at.add(most)
        return self._register.looked_for(ask, most)


def offered(text: str, asked: Asked) -> dict[str, str]:
    """What stands at the list's edge of each word that is offered, once all is counted that can be."""
    state, place = marked(DEMAND + text)
    for _ in range(3):
        found = complete(state, place, asked)  # type: ignore[arg-type]
        while state.lexicon.prepare():
            pass
    return {item.label: item.right for item in found.items if item.about} if found else {}


@pytest.mark.parametrize("line", LINES)
def test_of_many_products_some_are_read_and_what_is_shown_is_counted(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = marked(DEMAND)[0].catalogue.register
    every = Asked(register)
    expected = offered(line, every)
    assert len(every.read) == register.size()[0]
    assert not every.looked_at
    monkeypatch.setattr(occurrences, "_TAKEN_IN", 2)
    some = Asked(register)
    assert offered(line, some) == expected
    assert len(some.read) <= 2
    assert some.looked_at == {occurrences._LOOKED_AT}


def test_what_is_not_counted_to_the_end_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occurrences, "_TAKEN_IN", 1)
    monkeypatch.setattr(occurrences, "_LOOKED_AT", 1)
    told = offered("1 / Personer / - / ‸", Asked(marked(DEMAND)[0].catalogue.register))
    assert told["Fødselsdato"] == "K2 · 1+ sett"
