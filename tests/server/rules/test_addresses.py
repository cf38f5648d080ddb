"""Which addresses lead somewhere (VKD403): those that a file or folder is at, or that stand for some."""

from pathlib import Path

import pytest

from vkd_server.rules.shared.addresses import path_exists

FILES = ("arkiv/a_1970.csv", "arkiv/a_1970_07.csv", "arkiv/a_1970_K3.csv", "[1]/b.csv", "{year}.csv", ".h/c.csv")


@pytest.mark.parametrize(
    ("address", "exists"),
    [
        ("arkiv", True),
        ("arkiv/a_1970.csv", True),
        ("arkiv/*.csv", True),
        ("ark*", True),
        ("*/a_*.csv", True),
        ("**/b.csv", True),
        ("arkiv/b_*.csv", False),
        ("nowhere/*.csv", False),
        ("arkiv/a_{year}.csv", True),
        ("arkiv/a_{year}_{month}.csv", True),
        ("arkiv/a_{year}_{week}.csv", True),
        ("arkiv/a_{year}_K{quarter}.csv", True),
        ("arkiv/a_{year}_K{half}.csv", False),
        ("arkiv/a_{year}_*.csv", True),
        ("arkiv/b_{year}.csv", False),
        ("{year}/a.csv", False),
        ("{year}.csv", True),
        ("arkiv/a_{day}.csv", False),
        ("[1]/*.csv", True),
        ("[1]/b.csv", True),
        (".h/*.csv", True),
        ("a\0*", False),
    ],
)
def test_where_addresses_lead(address: str, exists: bool, tmp_path: Path) -> None:
    root = tmp_path / "d [1] {year}"
    for path in FILES:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    assert path_exists(f"{root}/{address}") == exists
