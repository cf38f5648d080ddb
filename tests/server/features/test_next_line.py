"""What Enter begins; the mark stands where the cursor is then."""

import pytest

from tests.server.features.marked import marked
from vkd_server.features.completion.next_line import next_line
from vkd_server.features.refactoring.fixes import applied

DEMAND = "0 / Etterspørselsbeskrivelse / b\n"
ONE = DEMAND + "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"


def entered(text: str) -> str:
    state, place = marked(text)
    return applied(state.document.lines, next_line(state, place.row))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (DEMAND + "‸", DEMAND + "1 / "),
        (DEMAND[:-1] + " / archive=data\r\n‸\r\n", DEMAND[:-1] + " / archive=data\r\n1 / \r\n"),
        (ONE + "‸", ONE + '2 / " / " / '),
        (ONE + "    ‸", ONE + '2 / " / " / '),
        (ONE + '2 / " / " / Kjønn / " / E\n‸', ONE + '2 / " / " / Kjønn / " / E\n3 / " / " / '),
        (ONE + '2 / " / Døde / " / " / N\n‸', ONE + '2 / " / Døde / " / " / N\n3 / " / '),
        (ONE + '2 / " / " / " / 1960 / O\n‸', ONE + '2 / " / " / " / 1960 / O\n3 / " / " / " / '),
        (ONE + "2 / Personer / - / Yrke / 1960 / O\n‸", ONE + "2 / Personer / - / Yrke / 1960 / O\n3 / "),
        (
            ONE + '‸\n2 / " / " / Kjønn / " / O\n9 / " / " / Alder / " / .\n',
            ONE + '2 / " / " / \n3 / " / " / Kjønn / " / O\n9 / " / " / Alder / " / .\n',
        ),
        (DEMAND + "‸\n" + ONE.partition("\n")[2], DEMAND + "1 / \n" + ONE.partition("\n")[2].replace("1 /", "2 /", 1)),
    ],
)
def test_the_next_line_is_begun(text: str, after: str) -> None:
    assert entered(text) == after


@pytest.mark.parametrize(
    "text",
    [
        "‸",
        "\n‸",
        ONE.replace("/ O", "/ .") + "‸",
        ONE.replace("/ O", "/ .") + "\n‸",
        ONE.replace(" / O", "") + "‸",
        ONE + "\n‸",
        ONE + "# her\n‸",
        ONE + "‸skrot\n",
        ONE + "skrot\n‸",
        DEMAND[:-1] + " / archive=data;\n‸",
        "0 / Noe annet / b\n‸",
        "0 / Produktbeskrivelse‸",
    ],
)
def test_nothing_is_begun(text: str) -> None:
    assert entered(text) == text.replace("‸", "")


def test_a_row_far_below_the_text_is_left_alone() -> None:
    assert list(next_line(marked(ONE + "‸")[0], 99)) == []
