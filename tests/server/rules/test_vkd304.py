"""Names at times when they are not valid: by what they state, or else what stands above them does."""

from pathlib import Path

import pytest

from tests.server.workspaces import found_in, workspace

NAMES = """code,prefLabel@nb,kind,objectTypes,validFrom,validTo
P,Personreg.,register,A,,
N,Næring 2009,classification,A,2009,2024
N.1,Industri,class,,,
N.2,Olje,class,,2015,
N.3,Torv,class,,,2012
N.3.1,Strøtorv,class,,,
"""


@pytest.mark.parametrize(
    ("name", "time", "kind", "said"),
    [
        ("Næring 2009", "2008", "Demand", "2009..2024 2008"),
        ("Industri", "20081231", "Demand", "2009..2024 20081231"),
        ("Industri", "2009", "Demand", ""),
        ("Industri", "2025", "Demand", "2009..2024 2025"),
        ("Olje", "2014", "Demand", "2015..2024 2014"),
        ("Olje", "2020", "Demand", ""),
        ("Torv", "2013", "Product", "2009..2012 2013"),
        ("Strøtorv", "2013", "Product", "2009..2012 2013"),
        ("Strøtorv", "2008", "Product", "2009..2012 2008"),
        ("Torv", "2008..2009", "Product", ""),
        ("Torv", "1990..2009:A", "Product", ""),
        ("Torv", "1990..2008:A", "Product", "2009..2012 1990..2008:A"),
        ("Torv", "2013..:A", "Product", "2009..2012 2013..:A"),
        ("Torv", "?", "Product", ""),
        ("Torv", "-", "Demand", ""),
        ("Torv", "----1101", "Demand", ""),
        ("Torv", "201-1101", "Demand", ""),
        ("Torv", "202-1101", "Demand", "2009..2012 202-1101"),
        ("-", "1970", "Demand", ""),
        ("Personreg.", "1970", "Demand", ""),
    ],
)
def test_a_name_is_valid_at_the_time_of_its_line(tmp_path: Path, name: str, time: str, kind: str, said: str) -> None:
    text = f"0 / {kind} description / x\n1 / Personer / {name} / Yrke / {time} / .\n"
    folder = workspace(tmp_path, {"vocabulary/names.csv": NAMES, "a.vkd": text})
    found = [one.message for one in found_in(folder, "a.vkd") if one.code == "VKD304"]
    valid, _, about = said.partition(" ")
    assert found == ([f"«{name}» gjelder {valid}, men linjen gjelder {about}."] if said else [])
