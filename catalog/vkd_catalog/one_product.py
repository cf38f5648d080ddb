"""One product as a register: by itself, or among others."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from vkd_catalog.register import (
    Ask,
    Codes,
    Finder,
    Found,
    SentenceRecord,
    counted_by_finding,
    said_by_finding,
)
from vkd_catalog.vocabulary.concept import is_below
from vkd_grammar.words import fold

OWN = 0
"""The number of the product: registers count from 1."""


class Alone:
    """The sentences of one product as a register that knows no other: what is derived from another too is not there."""

    def __init__(self, sentences: Sequence[SentenceRecord]) -> None:
        self._sentences = sentences

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        """All there are."""
        return tuple(self._sentences)

    def numbered(self, identification: str) -> int | None:
        """Nothing names the product."""
        return None

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        """The sentences that answer a question. The one product has the number `OWN`."""
        if within is not None and OWN not in within:
            return []
        asked = (ask.object_type, ask.name, ask.characteristic)
        return [
            Found(OWN, sentence)
            for sentence in self._sentences
            if all(_answers(codes, code) for codes, code in zip(asked, sentence[1:4], strict=True))
            and (ask.time is None or sentence.fixed or (sentence.start <= ask.time[1] and ask.time[0] <= sentence.end))
        ]

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterable[tuple[int, SentenceRecord]]:
        """What the product says in answer to a question."""
        return said_by_finding(self.find(ask, within), characteristics=characteristics)

    def columns(self, ask: Ask, *, characteristics: bool) -> None:
        """None: it is one product."""

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        """Which characteristics stand in answer to a question."""
        return counted_by_finding(self.find(ask), groups)


class Among(Alone):
    """The sentences of one product among those of a register, where it takes the place of what is called as it is."""

    def __init__(self, identification: str, sentences: Sequence[SentenceRecord], register: Finder) -> None:
        super().__init__(sentences)
        self.identification = fold(identification)
        self._register = register
        self._replaced = register.numbered(identification)

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        """All sentences of the product, or of another."""
        return super().sentences(number) if number == OWN else self._register.sentences(number)

    def numbered(self, identification: str) -> int | None:
        """The number of the product, or of another."""
        return OWN if fold(identification) == self.identification else self._register.numbered(identification)

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        """The sentences of all that answer a question."""
        others = None if within is None else [number for number in within if number != OWN]
        found = self._register.find(ask, others) if others is None or others else []
        return [*super().find(ask, within), *(one for one in found if one.product != self._replaced)]


def _answers(codes: Codes | None, code: str) -> bool:
    return codes is None or code in codes.exactly or any(is_below(code, above) for above in codes.below)
