"""Files that are no files, that lead nowhere or may not be read: each call ends, reads the rest, and names them."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.folders import folder_for_all, nested, unprivileged
from tests.server.cli.conftest import Vkd
from tests.server.workspaces import CENSUS, workspace
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import configuration_for

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
WRONG = DEMAND.replace("Yrke", "Yrkke")


def _pipe(file: Path) -> None:
    os.mkfifo(file)


def _device(file: Path) -> None:
    file.symlink_to("/dev/zero")


def _dangling(file: Path) -> None:
    file.symlink_to("/nonexistent")


KINDS = {
    "pipe": (_pipe, "not a regular file"),
    "device": (_device, "not a regular file"),
    "dangling": (_dangling, "a link that leads nowhere"),
}


@pytest.fixture(params=KINDS)
def bad(request: pytest.FixtureRequest) -> tuple[Callable[[Path], None], str]:
    return KINDS[request.param]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with folder_for_all() as folder:
        yield workspace(folder, {"demands/b.vkd": DEMAND})


def test_check_names_it_and_checks_the_others(
    vkd: Vkd, tmp_path: Path, bad: tuple[Callable[[Path], None], str]
) -> None:
    make, why = bad
    workspace(tmp_path, {"demands/b.vkd": WRONG})
    make(tmp_path / "products/x.vkd")
    called = vkd("check", "--output-format", "json", ".")
    assert (called.codes.count("VKD101"), called.code) == (1, 1)
    assert called.err == f"vkd check: products/x.vkd: {why}\n"
    (tmp_path / "demands/b.vkd").write_text(DEMAND, encoding="utf-8")
    assert vkd("check").code == 2
    named = vkd("check", "products/x.vkd", "products/ft70.vkd")
    assert (named.code, named.err) == (2, called.err)
    assert "1 fil" in named.out
    alone = vkd("check", "products/x.vkd")
    assert (alone.code, alone.out, alone.err) == (2, "", called.err)


@pytest.mark.parametrize("command", ["format --check", "format --diff", "code", "test", "run", "evaluate"])
def test_other_commands_name_it_and_go_on(
    vkd: Vkd, tmp_path: Path, bad: tuple[Callable[[Path], None], str], command: str
) -> None:
    make, why = bad
    workspace(tmp_path, {"demands/b.vkd": DEMAND})
    (tmp_path / "demands/judgements.csv").write_text("demand,product,relevant\nbruker,ft70-person,yes\n")
    without = vkd(*command.split(), "demands")
    make(tmp_path / "demands/x.vkd")
    called = vkd(*command.split(), "demands")
    assert called.out == without.out
    assert f"vkd {command.split()[0]}: demands/x.vkd: {why}\n" in called.err
    assert called.code == (without.code or 2)
    if command != "evaluate":
        alone = vkd(*command.split(), "demands/x.vkd")
        assert alone.code == 2
        assert f"demands/x.vkd: {why}\n" in alone.err


def test_a_vocabulary(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    (tmp_path / "vocabulary/times.csv").unlink()
    os.mkfifo(tmp_path / "vocabulary/times.csv")
    called = vkd("check", "--output-format", "json")
    assert called.code == 1
    said = [one["message"] for one in called.json if one["path"] == "vocabulary/times.csv"]
    assert said == ["Ordlisten «vocabulary/times.csv» kan ikke leses: ingen vanlig fil."]


def test_a_table_that_is_no_vocabulary_is_nobodys_business(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    os.mkfifo(tmp_path / "archive/pipe.csv")
    called = vkd("check")
    assert (called.code, called.err) == (0, "")


@pytest.mark.parametrize("make", [_pipe, _device, _dangling, Path.mkdir])
def test_settings(vkd: Vkd, tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "below").mkdir()
    make(tmp_path / "vkd.toml")
    for call in (("check",), ("check", "below"), ("run", "below"), ("catalogue", "statistics")):
        called = vkd(*call)
        assert (called.code, called.out) == (2, "")
        assert called.err.startswith(f"vkd: {tmp_path}/vkd.toml:1: cannot be read: ")
        assert called.err.count("\n") == 1


@pytest.mark.parametrize("text", [b"[catalogue]\nname = Helse\n", "[catalogue]\nname = 'Året'\n".encode("latin-1")])
@pytest.mark.parametrize("folder", [".", "below"])
def test_settings_that_are_wrong_beside_no_description(vkd: Vkd, tmp_path: Path, text: bytes, folder: str) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / folder / "vkd.toml").write_bytes(text)
    called = vkd("check")
    assert (called.code, called.out, called.err.count("\n")) == (2, "", 1)
    assert "vkd.toml:" in called.err


def test_a_file_that_may_not_be_read(vkd: Vkd, open_folder: Path) -> None:
    (open_folder / "products/ft70.vkd").chmod(0)
    with unprivileged():
        called = vkd("check", cwd=open_folder)
        assert (called.code, called.err) == (2, "vkd check: products/ft70.vkd: permission denied\n")
        assert vkd("check", "products/ft70.vkd", "demands", cwd=open_folder).code == 2
        assert vkd("check", "--fix", cwd=open_folder).code == 2
        formatted = vkd("format", "--check", ".", cwd=open_folder)
        assert "vkd format: products/ft70.vkd: permission denied\n" in formatted.err


@pytest.mark.parametrize("rights", [0, 0o444])
def test_a_folder_that_may_not_be_read(vkd: Vkd, open_folder: Path, rights: int) -> None:
    (open_folder / "products").chmod(rights)
    with unprivileged():
        called = vkd("check", cwd=open_folder)
        assert called.code == 2
        assert "products" in called.err
        assert called.err.endswith(": permission denied\n")
        assert vkd("check", "products/ft70.vkd", cwd=open_folder).code == 2


def test_standard_input_without_end(vkd: Vkd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vkd_server.cli.inputs.MOST_BYTES", 100)
    for command in ("run", "code", "format"):
        called = vkd(command, "-", stdin=b"x" * 101)
        assert (called.code, called.err) == (2, "vkd: standard input is too large to be text\n")


def test_a_baseline(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    os.mkfifo(tmp_path / "known.json")
    called = vkd("check", "--baseline", "known.json")
    assert (called.code, called.err) == (2, "vkd: known.json: not a regular file\n")


def test_a_link_to_a_product_is_that_product(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    (tmp_path / "products/copy.vkd").symlink_to("ft70.vkd")
    (tmp_path / "products/again").symlink_to("../products")
    for path in (".", "products/copy.vkd", "products/again/ft70.vkd"):
        assert "VKD404" not in vkd("check", "--output-format", "json", path).codes
    answered = vkd("run", "--output-format", "json", "demands").json
    assert answered["catalogue"]["products"] == 4


def test_a_path_that_reads_as_a_pattern(vkd: Vkd, tmp_path: Path) -> None:
    plain = workspace(tmp_path / "plain", {"demands/b.vkd": DEMAND})
    strange = tmp_path / "[x]" / "d [1] *?{a,b}"
    shutil.copytree(plain, strange)
    for call in (("run", "--output-format", "json", "demands"), ("catalogue", "statistics")):
        assert vkd(*call, cwd=strange).out == vkd(*call, cwd=plain).out
    assert vkd("check", cwd=strange).code == 0


def test_1500_folders_in_each_other(vkd: Vkd, tmp_path: Path) -> None:
    settings = (CENSUS / "vkd.toml").read_text(encoding="utf-8").replace("products/*", "products/**/*")
    workspace(tmp_path, {"demands/b.vkd": DEMAND, "vkd.toml": settings})
    product = (tmp_path / "products/ft70.vkd").read_bytes()
    with nested(tmp_path / "products") as path:
        (tmp_path / "products/ft70.vkd").rename(tmp_path / "products" / path / "x.vkd")
        answered = vkd("run", "--output-format", "json", "demands/b.vkd")
        assert answered.demands[0]["covers"][0]["members"] == ["ft70-person"]
        (tmp_path / "products" / path / "x.vkd").write_bytes(product.replace(b"Yrke", b"Yrkke"))
        called = vkd("check", "--output-format", "json", ".")
        assert (called.code, "VKD101" in called.codes) == (1, True)


def test_a_workspace_that_is_reached_by_a_link(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path / "far/own", {"vkd.toml": '[products]\ninclude = ["*.vkd", "../other/*.vkd"]\n', "a.vkd": WRONG})
    (tmp_path / "far/other").mkdir()
    (tmp_path / "far/other/b.vkd").write_text(WRONG, encoding="utf-8")
    (tmp_path / "here").symlink_to("far/own")
    called = vkd("check", "--output-format", "json", "here")
    assert {one["path"] for one in called.json} >= {"here/a.vkd", "far/other/b.vkd"}


def test_of_many_files_the_first_are_named_and_the_rest_counted(vkd: Vkd, tmp_path: Path) -> None:
    root = workspace(tmp_path, {})
    for number in range(25):
        (root / f"products/borte{number:02}.vkd").symlink_to("/nonexistent")
    said = vkd("check", root).err.splitlines()
    assert len(said) == 21
    assert "borte19.vkd" in said[19]
    assert said[20] == "vkd check: 5 more files could not be read"


def test_reading_products_can_be_followed(tmp_path: Path) -> None:
    root, seen = workspace(tmp_path, {}), list[str]()

    def follow(paths: Sequence[str]) -> Iterator[str]:
        for path in paths:
            seen.append(path)
            yield path

    products, _ = Catalogue(configuration_for(root), follow=follow).register.size()
    assert products == 4
    assert seen == ["products/dode.vkd", "products/ft60-person.vkd", "products/ft70.vkd"]
