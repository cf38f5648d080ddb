"""What products are called, looked up when it is told."""

from collections.abc import Callable, Collection, Mapping


class Names:
    """The identifications of products. `look_up` asks a register for those of some numbers together."""

    def __init__(self, look_up: Callable[[Collection[int]], Mapping[int, str]]) -> None:
        self._look_up = look_up
        self._names: dict[int, str] = {}
        self._numbers: dict[str, int] = {}

    def __call__(self, number: int) -> str:
        """A product's identification."""
        name = self._names.get(number)
        return self.of((number,))[0] if name is None else name

    def of(self, numbers: Collection[int]) -> list[str]:
        """The identifications of some products, in their order."""
        known = self._names
        unknown = [number for number in numbers if number not in known]
        if unknown:
            found = self._look_up(unknown)
            known.update(found)
            self._numbers.update((name, number) for number, name in found.items())
        return [known[number] for number in numbers]

    def number(self, name: str) -> int | None:
        """The number of a product whose identification was asked for; None of others."""
        return self._numbers.get(name)


NAMELESS = Names(lambda numbers: dict.fromkeys(numbers, ""))
"""What stands where there are no products."""
