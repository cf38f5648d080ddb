"""What is said when a catalogue is exported, and what is not."""

import shutil
from pathlib import Path

from tests.catalog.exporters.test_conformance import STATED, options
from tests.server.cli.conftest import Vkd
from tests.tidy.tree import ROOT
from vkd_catalog.exporters import EXPORTERS


def test_health_dcat_ap_says_what_it_asks_for_and_what_is_left_out(vkd: Vkd, tmp_path: Path) -> None:
    call = ("catalogue", "export", "health-dcat-ap", "--to", tmp_path / "out", "--workspace")
    refused = vkd(*call, ROOT / "examples/folketelling")
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert "--access-body NAME" in refused.err
    assert not (tmp_path / "out").exists()
    said = ("--access-body", "B", "--access-body-contact", "b@c.no", "--health-category", "HRAD", "--contact", "a@c.no")
    left_out = vkd(*call, ROOT / "examples/utdanning", *said)
    assert (left_out.code, left_out.out) == (0, "")
    assert "state no access" in left_out.err


def test_nothing_internal_is_exported_unless_it_is_said(vkd: Vkd, tmp_path: Path) -> None:
    number, root = "01010750160", tmp_path / "dk"
    shutil.copytree(ROOT / "examples/norden/dk", root)
    described = root / "products/bef.vkd"
    text = described.read_text(encoding="utf-8").replace("series=dst", f"series=Hemmelig; contact=Kari {number}")
    text = text.replace("data=arkiv:bef.parquet", "data=https://intern.local/bef.parquet")
    described.write_text(text.replace("doc=https://data.example.dk/dok", "doc=/srv/intern/bef.md"), encoding="utf-8")
    secrets = ("Hemmelig", number, "intern")
    for exporter in EXPORTERS:
        public, private = tmp_path / "public" / exporter.name, tmp_path / "private" / exporter.name
        call = ("catalogue", "export", exporter.name, "--workspace", root, *options(STATED), "--to")
        assert vkd(*call, public).code == vkd(*call, private, "--private").code == 0
        told = "".join(path.read_text(encoding="utf-8") for path in public.glob("*"))
        assert not [secret for secret in secrets if secret in told]
    everything = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "private/csv").glob("*"))
    assert all(secret in everything for secret in secrets)


def test_a_base_that_is_no_address_is_refused(vkd: Vkd, tmp_path: Path) -> None:
    refused = vkd("catalogue", "export", "skos", "--base", "not an address", "--to", tmp_path)
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)


def test_a_catalogue_that_holds_nothing_is_told(vkd: Vkd, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    told = vkd("catalogue", "export", "dcat-ap", "--workspace", tmp_path / "empty", "--to", tmp_path / "out")
    assert (told.code, told.out, told.err.count("\n")) == (0, "", 1)
    assert not (tmp_path / "out").exists()
