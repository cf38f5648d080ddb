"""Lines are a sequence like any other, whatever was replaced in them."""

from hypothesis import given
from hypothesis import strategies as st

from vkd_grammar.lines import Lines

SIZES = st.sampled_from([0, 1, 2, 511, 512, 513, 1024, 1025, 1600])


def numbered(size: int, mark: str = "") -> list[str]:
    return [f"{mark}{number}\n" for number in range(size)]


@given(SIZES, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), SIZES), max_size=6))
def test_replaced_as_a_list_is(size: int, edits: list[tuple[float, float, int]]) -> None:
    plain, lines = numbered(size), Lines(numbered(size))
    for at, (one, two, count) in enumerate(edits):
        first, last = sorted((int(one * len(plain)), int(two * len(plain))))
        new = numbered(count, f"{at}:")
        plain[first:last] = new
        lines = lines.replaced(first, last, new)
    assert list(lines) == plain
    assert len(lines) == len(plain)
    assert lines == Lines(plain)
    assert hash(lines) == hash(Lines(plain))


@given(SIZES, st.integers(-1700, 1700), st.integers(-1700, 1700), st.sampled_from([None, 1, 2, -1]))
def test_taken_as_of_a_list(size: int, first: int, last: int, step: int | None) -> None:
    plain, lines = numbered(size), Lines(numbered(size)).replaced(0, 0, ["x"])
    plain.insert(0, "x")
    assert lines[first:last:step] == tuple(plain[first:last:step])
    assert lines[:] == tuple(plain)
    if -len(plain) <= first < len(plain):
        assert lines[first] == plain[first]
    else:
        try:
            lines[first]
        except IndexError:
            return
        raise AssertionError(first)
