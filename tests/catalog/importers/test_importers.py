"""What every importer shares: safe text, the guard of the target folder, finding the source, the report."""

from pathlib import Path

import pytest

from tests.catalog.importers.reading import HERE, bytes_of, dst_source, nudb_source, ran
from vkd_catalog.importers import IMPORTERS, Importer, ImportSourceError, ImportTargetError, dst_fsv, ssb_nudb
from vkd_catalog.importers.packages import NOT_STATED
from vkd_catalog.importers.report import Written, files_named_in, importer_named_in
from vkd_catalog.importers.words import address, field, file_stems, label, legal_codes, technical
from vkd_catalog.importers.writer import Product, ProductFile, Sentence, as_text
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["ALDER", "HENVISNING_LÆGE", "a-1"], ["ALDER", "HENVISNING_LÆGE", "a-1"]),
        (["A.B", "A B", "A_B"], ["A_B_2", "A_B_3", "A_B"]),
        (["", "/"], ["_", "__2"]),
        (["A\u030a"], ["Å"]),
    ],
)
def test_codes_are_legal_and_differ(names: list[str], codes: list[str]) -> None:
    assert list(legal_codes(names).values()) == codes


WORDS = [
    "Alder",
    "a/b",
    "a\\",
    '"',
    "-",
    "〃",
    "[x]",
    "Elever [2]",
    "#1",
    ";",
    "[ureguleret] Køb",
    "O",
    "..",
    "19701101",
    "É",
]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_in_a_field_reads_back_as_that_word(word: str) -> None:
    sentences = [Sentence("T", "N", field(word, "C", ()), ".."), Sentence("T", "N", "X", "..")]
    text = as_text(ProductFile("a.vkd", (), [Product((), "a/b", [[("form", "csv")]], sentences)]), "Kilde", "nb")
    [*_, description] = read_document(text, Parser()).descriptions
    assert description.problems == ()
    assert description.sentences[0].fields[3].word == word
    assert description.header is not None
    assert description.header.identification == "a/b"


def test_a_word_of_several_concepts_is_written_as_its_code() -> None:
    assert field("Alder", "ALDER", {"alder"}) == "[ALDER]"


def test_texts_are_made_safe_for_their_place() -> None:
    assert label(" a|b \t c ") == "a¦b c"
    assert technical("a; b\n c\\") == "a\\; b, c\\\\"
    assert address("gs://a b/æ;c") == "gs://a%20b/æ%3Bc"
    assert file_stems(["Å/../b", "bef", "BEF", "Ä/../b"]) == {
        "Å/../b": "_____b",
        "bef": "bef",
        "BEF": "BEF_2",
        "Ä/../b": "_____b_2",
    }
    assert max(map(len, file_stems(["a" * 999, "a" * 998]).values())) < 200


def test_columns_are_as_wide_as_their_widest_cell_and_repeats_are_dittos() -> None:
    sentences = [Sentence("Personer", "BEF", word, "1970") for word in ["PNR", *["X"] * 9]]
    text = as_text(
        ProductFile("a.vkd", (), [Product(("Om a.",), "a", [[("form", "csv")], [("doc", "x")]], sentences)]),
        "Kilde",
        "nb",
    )
    assert text.split("\n")[:8] == [
        "# Kilde",
        "",
        "# Om a.",
        "0 / Produktbeskrivelse / a / form=csv",
        "    ; doc=x",
        "1  / Personer / BEF / PNR / 1970 / O",
        '2  / "        / "   / X   / "    / O',
        '3  / "        / "   / "   / "    / O',
    ]
    assert text.endswith('10 / "        / "   / "   / "    / .\n')


def test_a_second_run_leaves_what_it_would_write_alike_and_the_rest_alone(tmp_path: Path) -> None:
    target = tmp_path / "catalogue"
    ran(ssb_nudb.IMPORTER, HERE / "nudb", target)
    first = bytes_of(target)
    (target / "demands").mkdir()
    (target / "demands/mine.vkd").write_text("# mine\n", encoding="utf-8")
    untouched = (target / "vkd.toml").stat().st_mtime_ns
    ran(ssb_nudb.IMPORTER, HERE / "nudb", target)
    assert bytes_of(target) == {**first, "demands/mine.vkd": b"# mine\n"}
    assert (target / "vkd.toml").stat().st_mtime_ns == untouched


def test_a_product_the_source_no_longer_has_is_removed_and_nothing_else(tmp_path: Path) -> None:
    source, target = nudb_source(tmp_path / "source"), tmp_path / "catalogue"
    ran(ssb_nudb.IMPORTER, source, target)
    (target / "products/mine.vkd").write_text("# mine\n", encoding="utf-8")
    outside = tmp_path / "outside.vkd"
    outside.write_text("# outside\n", encoding="utf-8")
    report = target / "IMPORT.md"
    report.write_text(
        report.read_text(encoding="utf-8") + "- products/../../outside.vkd\n- vkd.toml\n", encoding="utf-8"
    )
    (source / "datasets_shared.toml").unlink()
    ran(ssb_nudb.IMPORTER, source, target)
    assert not (target / "products/eksamen.vkd").exists()
    assert (target / "products/mine.vkd").exists()
    assert (target / "vkd.toml").exists()
    assert outside.exists()


def test_an_import_that_broke_off_can_be_run_again(tmp_path: Path) -> None:
    source, target = nudb_source(tmp_path / "source"), tmp_path / "catalogue"
    ran(ssb_nudb.IMPORTER, source, target)
    listed = files_named_in((target / "IMPORT.md").read_text(encoding="utf-8"))
    complete = bytes_of(target)
    (target / "vocabulary/names.csv").unlink()
    (target / "vocabulary/names.csv").mkdir()
    with pytest.raises(OSError, match=r"names\.csv"):
        ran(ssb_nudb.IMPORTER, source, target)
    broken = (target / "IMPORT.md").read_text(encoding="utf-8")
    assert importer_named_in(broken) == "ssb-nudb"
    assert "did not end" in broken
    assert files_named_in(broken) == listed
    (target / "vocabulary/names.csv").rmdir()
    ran(ssb_nudb.IMPORTER, source, target)
    assert bytes_of(target) == complete


def _foreign_file(target: Path) -> None:
    target.mkdir()
    (target / "a.txt").write_text("mine", encoding="utf-8")


def _other_import(target: Path) -> None:
    target.mkdir()
    (target / "IMPORT.md").write_text("# Imported catalogue: dst-fsv\n", encoding="utf-8")


def _other_report(target: Path) -> None:
    target.mkdir()
    (target / "IMPORT.md").write_text("# How we import\n", encoding="utf-8")


def _file(target: Path) -> None:
    target.write_text("mine", encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_foreign_file, "holds files already"),
        (_other_import, "holds an import of dst-fsv"),
        (_other_report, "that no import wrote"),
        (_file, "is a file"),
    ],
)
def test_a_target_that_holds_something_else_is_left_as_it_is(tmp_path: Path, make: object, message: str) -> None:
    target = tmp_path / "catalogue"
    assert callable(make)
    make(target)
    before = bytes_of(tmp_path)
    with pytest.raises(ImportTargetError, match=message) as refused:
        ran(ssb_nudb.IMPORTER, HERE / "nudb", target)
    assert refused.value.path == target
    assert bytes_of(tmp_path) == before


def test_an_empty_folder_may_be_the_target(tmp_path: Path) -> None:
    assert ran(ssb_nudb.IMPORTER, HERE / "nudb", tmp_path).written[0] == Written("products", 5)


@pytest.mark.parametrize("below", ["", "nudb_config", "nudb_config/config_tomls"])
def test_the_source_is_found_from_the_folder_or_one_above(tmp_path: Path, below: str) -> None:
    assert ran(ssb_nudb.IMPORTER, HERE / "nudb" / below, tmp_path).version == "2026.10.3"


@pytest.mark.parametrize("below", ["lib/python3.11/site-packages", "unpacked", "src", "archive/src"])
def test_the_source_is_found_where_packages_lie(tmp_path: Path, below: str) -> None:
    nudb_source(tmp_path / "root" / below)
    assert ran(ssb_nudb.IMPORTER, tmp_path / "root", tmp_path / "out").version == "2026.10.3"


def test_the_version_is_not_guessed(tmp_path: Path) -> None:
    source = nudb_source(tmp_path / "source")
    (tmp_path / "source/ssb_nudb_config-2026.10.3.dist-info/METADATA").unlink()
    assert ran(ssb_nudb.IMPORTER, source, tmp_path / "a").version == NOT_STATED
    (tmp_path / "source/ssb_nudb_config-1.dist-info").mkdir()
    assert ran(ssb_nudb.IMPORTER, source, tmp_path / "b").version == NOT_STATED


@pytest.mark.parametrize("importer", [ssb_nudb.IMPORTER, dst_fsv.IMPORTER], ids=lambda importer: importer.name)
def test_a_package_that_is_not_there_is_named(tmp_path: Path, importer: Importer) -> None:
    file = tmp_path / "package.whl"
    file.write_bytes(b"PK")
    for folder, message in ((tmp_path, "does not hold"), (tmp_path / "none", "no such folder"), (file, "unpack it")):
        with pytest.raises(ImportSourceError, match=message) as missing:
            ran(importer, folder, tmp_path / "out")
        assert missing.value.path == folder
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
def test_a_source_that_is_not_there_is_named(tmp_path: Path, importer: Importer) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(ImportSourceError) as missing:
            ran(importer, folder, tmp_path / "out")
        assert missing.value.path == folder
        assert "\n" not in str(missing.value)
    assert not (tmp_path / "out").exists()


def test_two_copies_of_the_source_are_one_too_many(tmp_path: Path) -> None:
    dst_source(tmp_path / "a/dst_fsv/data")
    dst_source(tmp_path / "b/dst_fsv/data")
    with pytest.raises(ImportSourceError, match="more than once"):
        ran(IMPORTERS[1], tmp_path, tmp_path / "out")
