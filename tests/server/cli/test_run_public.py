"""`vkd run --public`: answers that can be given to anybody."""

import json
import os
from pathlib import Path

import pytest

from tests.server.workspaces import workspace
from vkd_server.cli import run_command

DEMAND = "0 / Etterspørselsbeskrivelse / noen\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
MISSPELT = "0 / Etterspørselsbeskrivelse / noen\n1 / Personer / Personreg.nov.70 / Yrkee / 19701101 / .\n"


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
@pytest.mark.parametrize("demand", [DEMAND, MISSPELT], ids=["found", "invalid"])
def test_nothing_internal_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, demand: str) -> None:
    census = workspace(tmp_path / "census", {"demands/inside/a.vkd": demand})
    outside = tmp_path / "elsewhere/b.vkd"
    outside.parent.mkdir()
    outside.write_text(demand, encoding="utf-8")
    code = run_command(
        [
            "run",
            "--public",
            "--output-format",
            form,
            "--workspace",
            str(census),
            str(outside),
            str(census / "demands/inside"),
        ]
    )
    assert code == (0 if demand == DEMAND else 1)
    told = capsys.readouterr().out
    assert "b.vkd" in told
    for internal in (str(tmp_path), "elsewhere", "inside", "F:ft70", "P:ft70", "archive/", "documents/"):
        assert internal not in told
    assert os.sep + "b.vkd" not in told
    if form == "json":
        products = [product for demand in json.loads(told)["demands"] for product in demand["products"].values()]
        assert all((one["data"], one["doc"], one["withheld"]) == (None, None, ["data", "doc"]) for one in products)
        assert len(products) == (2 if demand == DEMAND else 0)
