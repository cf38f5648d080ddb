"""What rules of disclosure control leave open to an attacker who bounds true counts by integer programming.

    .venv/bin/python -m benchmarks.disclosure

Random tables with margins, most of whose cells are small. Writes `benchmarks/disclosure.md`. The attacker is the one of
`tests/catalog/disclosure/`, which tries fewer tables, under the rules that `docs/disclosure.md` recommends.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.catalog.disclosure.attacker import THRESHOLD, Found, attacked, given_in_one_log, suppressed
from tests.catalog.disclosure.people import crosstab, random_people
from vkd_catalog.data.crosstab import Crosstab, Place
from vkd_catalog.disclosure.rules import Rules
from vkd_catalog.disclosure.treating import Treated, treated

REPORT = Path(__file__).with_suffix(".md")
ONE_TABLE = 1000
SEVERAL_TABLES = 200
SUPPRESSED = "counts under 5 left out, margins exact (not in vkd)"
RULES = {
    "`threshold = 5`, margins beside small counts withheld too": Rules(threshold=5),
    "`round-to = 3`": Rules(threshold=1, round_to=3),
    "`round-to = 5`": Rules(threshold=1, round_to=5),
    "`zero-below = 5`, `round-to = 5`": Rules(threshold=5, zero_below=5, round_to=5),
    "`zero-below = 8`, `round-to = 5`": Rules(threshold=5, zero_below=8, round_to=5),
}
LAST = list(RULES)[-1]
Values = Mapping[Place, float | None]
Given = Callable[[Sequence[Crosstab], Rules], Sequence[Values | None]]


def main() -> None:
    """Attacks all tables under each of the rules, and writes the report."""
    rows = [row(SUPPRESSED, Rules(threshold=THRESHOLD), lambda tables, _: [suppressed(table) for table in tables])]
    rows += [row(name, rules, by_the_rules) for name, rules in RULES.items()]
    rows += [row(f"{LAST}, and the log", RULES[LAST], by_the_log)]
    REPORT.write_text("\n".join((*HEAD, *rows)) + "\n", encoding="utf-8")


def row(name: str, rules: Rules, given: Given) -> str:
    """A row of the report: what becomes known of what is given of single tables, and of several of the same units."""
    cells = []
    for worlds in (single_tables(), tables_of_the_same()):
        found, refused = [], 0
        for tables in worlds:
            values = given(tables, rules)
            refused += sum(one is None for one in values)
            shown = [(table, one) for table, one in zip(tables, values, strict=True) if one is not None]
            found.append(attacked([table for table, _ in shown], [one for _, one in shown], rules))
        cells.append(said(found) + (f", {refused} tables refused" if refused else ""))
    print(name, *cells, sep=" | ", flush=True)
    return f"| {name} | {' | '.join(cells)} |"


def by_the_rules(tables: Sequence[Crosstab], rules: Rules) -> list[Values]:
    """What the rules make of tables, each by itself."""
    found = [treated(table, rules) for table in tables]
    return [one.values for one in found if isinstance(one, Treated)]


def by_the_log(tables: Sequence[Crosstab], rules: Rules) -> list[Values | None]:
    """What vkd gives of tables that are asked for one after the other."""
    with TemporaryDirectory() as folder:
        given = given_in_one_log(tables, rules, Path(folder, "log"))
    return [one.values if one else None for one in given]


def single_tables() -> Iterable[Sequence[Crosstab]]:
    """Tables by two dimensions of two to five categories."""
    return ([crosstab(random_people(seed, 2), "ab")] for seed in range(ONE_TABLE))


def tables_of_the_same() -> Iterable[Sequence[Crosstab]]:
    """Of units in three dimensions of two to four categories, the three tables by two of them."""
    for seed in range(SEVERAL_TABLES):
        people = random_people(seed, 3, most=4)
        yield [crosstab(people, dimensions) for dimensions in ("ab", "ac", "bc")]


def said(found: Sequence[Found]) -> str:
    """How many small cells became known, of how many, and the share."""
    known, small = sum(one.known for one in found), sum(one.small for one in found)
    return f"{known:,} of {small:,} ({100 * known / small:.1f} %)"


HEAD = (
    "# What rules of disclosure control leave open",
    "",
    "Made by `benchmarks/disclosure.py`. Random tables with all margins, some 6 to 25 units a cell; cells of 1 to",
    "4 units are small. The attacker knows the rules and finds, by integer programming, the smallest and the largest",
    "count that fits all; where they are the same, the count is known. In the last column three tables by two of three",
    "dimensions are given, of the same units.",
    "",
    f"| rules | small cells known, {ONE_TABLE:,} tables | {SEVERAL_TABLES} times three tables |",
    "| --- | --- | --- |",
)

if __name__ == "__main__":
    main()
