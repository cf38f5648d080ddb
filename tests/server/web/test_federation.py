"""Several catalogues for anybody: of another's nothing internal is told either."""

import shutil
from pathlib import Path

from vkd_catalog.configuration import configuration_for
from vkd_catalog.message.public import WITHHELD
from vkd_grammar.parser import Parser
from vkd_server.workspace.public import PublicCatalogue

NORDEN = Path(__file__).parents[3] / "examples/norden"
NUMBER = "01010750160"


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_internal_in_another_catalogue_is_not_told(tmp_path: Path) -> None:
    shutil.copytree(NORDEN, tmp_path / "norden")
    replaced(tmp_path / "norden/dk/vkd.toml", "https://data.example.dk/", "/inside/dk/")
    replaced(tmp_path / "norden/dk/vocabulary/characteristics.csv", ",Formue ved", f",Formue {NUMBER} ved")
    catalogue = PublicCatalogue(configuration_for(tmp_path / "norden"), Parser())
    told = {product.identification: product for _, product in catalogue.register.products()}
    assert told["dk:BEF"].values["data"] == WITHHELD
    assert told["no:befolkning"].values["data"] == "https://data.example.no/befolkning.parquet"
    assert all(product.path == name for name, product in told.items())
    assert told["dk:BEF"].values["series"] == told["dk:FORM"].values["series"] != "dst"
    (definition,) = catalogue.vocabularies.characteristics.concepts["dk:FORMUE"].definitions
    assert NUMBER not in definition.text
    catalogue.close()
