"""What is built holds all that runs: the wheel each file of the three packages, the source archive what builds them."""

from pathlib import PurePosixPath

from hatchling.builders.plugin.interface import BuilderInterface
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from tests.tidy.tree import ROOT, files

PACKAGES = ["server/vkd_server", "grammar/vkd_grammar", "catalog/vkd_catalog"]


def holds(builder: type[BuilderInterface]) -> set[str]:  # type: ignore[type-arg]
    """The paths inside the archive that this builder makes of the tree, before its build hook adds to them."""
    return {PurePosixPath(file.distribution_path).as_posix() for file in builder(str(ROOT)).recurse_included_files()}


def test_the_wheel_holds_every_file_of_the_packages() -> None:
    needed = {path.relative_to(ROOT).as_posix().partition("/")[2] for path in files(*PACKAGES)}
    assert needed - holds(WheelBuilder) == set()


def test_the_source_archive_holds_what_the_build_needs() -> None:
    needed = {path.relative_to(ROOT).as_posix() for path in files("grammar", "catalog", "server")}
    assert needed - holds(SdistBuilder) == set()
