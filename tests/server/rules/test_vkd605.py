"""Codes and products that a vocabulary names and that are not there: one diagnostic each, at the cell that names them."""

from pathlib import Path

import pytest

from tests.server.workspaces import found_in, workspace

TABLE = "vocabulary/characteristics.csv"


def named(folder: Path, header: str, row: str) -> list[str]:
    """What VKD605 says of a characteristic that is added to the census example."""
    text = f"code,prefLabel@nb,{header}\nK2,Fødselsdato,\nK5,Yrke,\nX,Ny,{row}\n"
    found = [one for one in found_in(workspace(folder, {TABLE: text}), TABLE) if one.code == "VKD605"]
    assert {one.start.row for one in found} <= {3}
    return [one.message for one in found]


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("derivedFrom", "K2@ft70-person", []),
        ("derivedFrom", "K2@FT70-Person+K5", []),
        ("derivedFrom", "K2@ft71+K5|K5@ft72", ["«ft71»", "«ft72»"]),
        ("derivedFrom", "K9@ft71", ["«K9»", "«ft71»"]),
        ("classification", "Y|L", []),
        ("classification", "Y|Q|R", ["«Q»", "«R»"]),
        ("of", "K5", []),
        ("of", "K9", ["«K9»"]),
    ],
)
def test_what_is_named_and_is_not_there(tmp_path: Path, header: str, row: str, said: list[str]) -> None:
    messages = named(tmp_path, header, row)
    assert len(messages) == len(said)
    assert all(word in message for word, message in zip(said, messages, strict=True)), messages
    assert all(f"kolonnen {header}" in message for message in messages)


def test_products_are_of_no_account_where_they_are_not_known() -> None:
    from vkd_catalog.vocabulary import build_vocabularies, read_vocabulary

    file = read_vocabulary("c.csv", b"code,derivedFrom\nA,\nB,A@x\n", "characteristics")
    assert not build_vocabularies([file]).problems["c.csv"]
