"""Which tests are quick: those that `make quick` runs between two thoughts, in some ten seconds of computing.

They are whole files, chosen for what they see: whether the tree is tidy, pages and rules say what the code does, text
is read as it should be and words are coded. What takes long (programs that are started, properties, oracles, catalogues) is left to `make test`.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import MISSING, binaries, emptied, prepare_register, running, spread_register_on

TESTS = Path(__file__).parent
QUICK = (
    "tidy/",
    "docs/",
    "server/rules/",
    "server/features/test_hover.py",
    "server/features/test_structure.py",
    "grammar/test_text.py",
    "catalog/test_agreement.py",
    "catalog/test_coding.py",
    "catalog/test_vocabulary.py",
    "catalog/test_evaluation.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the quick tests."""
    for item in items:
        if item.path.is_relative_to(TESTS) and item.path.relative_to(TESTS).as_posix().startswith(QUICK):
            item.add_marker(pytest.mark.quick)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Mapping[str, str]]:
    """A PostgreSQL server that a shared register is prepared on, for as long as tests run. Returns libpq's environment
    that leads there. Skips the test where there is no such server."""
    programs = binaries()
    if programs is None:
        pytest.skip(MISSING)
    with running(programs) as environment:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            prepare_register()
        yield environment


@pytest.fixture
def shared_register(postgres_server: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """An empty shared register, where libpq's environment leads. Returns that environment."""
    for name, value in postgres_server.items():
        monkeypatch.setenv(name, value)
    emptied()
    return postgres_server


@pytest.fixture(scope="session")
def two_nodes(postgres_server: Mapping[str, str]) -> Iterator[Sequence[Mapping[str, str]]]:
    """Two more servers that the sentences of a register in the schema `spread` lie on. Returns where they are."""
    programs = binaries()
    assert programs is not None
    with running(programs) as one, running(programs) as other, pytest.MonkeyPatch.context() as patch:
        for name, value in postgres_server.items():
            patch.setenv(name, value)
        spread_register_on([one, other])
        yield one, other


@pytest.fixture
def spread_register(
    two_nodes: Sequence[Mapping[str, str]], shared_register: Mapping[str, str]
) -> Sequence[Mapping[str, str]]:
    """An empty register whose sentences lie on two nodes. Returns where these are."""
    emptied("spread")
    return two_nodes


# A property's examples take as long as the machine lets them: what is measured is in benchmarks/, never here. A build
# server tries the same examples each time, so that what it says is about the change it was given; everybody else tries
# new ones, and so finds what nobody thought of.
settings.register_profile("vkd", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("vkd")
