"""Which addresses lead somewhere (VKD403): those that a file or folder is at, or that stand for some."""

from pathlib import Path

import pytest

from tests.server.workspaces import found_in
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


@pytest.mark.parametrize(
    ("address", "times", "exists"),
    [
        ("a_{year}.csv", ("1969..1971:A",), True),
        ("a_{year}.csv", ("1993..2023:A",), False),
        ("a_{year}.csv", ("1993..2023:A", "1970"), False),
        ("a_{year}.csv", ("1993..2023:A", "1970..1971:A"), True),
        ("a_{year}.csv", ("1970..:A",), True),
        ("a_{year}.csv", ("?",), True),
        ("b_{year}.csv", ("?",), False),
        ("a_{year}_{month}.csv", ("1970:M",), True),
        ("a_{year}_{month}.csv", ("1970K1:M",), False),
        ("a_{year}_K{quarter}.csv", ("1970..1971:K",), True),
        ("a_{year}_*.csv", ("1970:H",), True),
        ("u_{year}_{week}.csv", ("1970..1971:U",), True),
        ("a_{year}_{month}.csv", ("0001..9999:M",), True),
        ("a_{year}.csv", ("0001..9999:D",), True),
        ("a_{year}.csv", ("19700615..1972:D",), True),
        ("a_{year}.csv", ("19710615..1972:D",), False),
        ("a_{year}_K{quarter}.csv", ("1970..1971:M",), True),
    ],
)
def test_an_open_address_leads_to_a_file_of_a_period_of_the_series(
    address: str, times: tuple[str, ...], exists: bool, tmp_path: Path
) -> None:
    lines = [f"{number} / A / P / K / {time} / O\n" for number, time in enumerate(times, start=1)]
    product = f"0 / Produktbeskrivelse / p / data={address}\n{''.join(lines)}"
    # The first week of 1971 begins in 1971; the last of 1970, its 53rd, ends there.
    for name in ("a_1970.csv", "a_1970_07.csv", "a_1970_K3.csv", "u_1970_53.csv", "p.vkd"):
        (tmp_path / name).write_text(product if name == "p.vkd" else "")
    assert ("VKD403" not in [one.code for one in found_in(tmp_path, "p.vkd")]) == exists
