"""Which tests are quick: those that `make quick` runs between two thoughts, in some ten seconds of computing.

They are whole files, chosen for what they see: whether the tree is tidy, pages and rules say what the code does, text
is read as it should be and words are coded. What takes long (programs that are started, properties, oracles, catalogues) is left to `make test`.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

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


# A property's examples take as long as the machine lets them: what is measured is in benchmarks/, never here. A build
# server tries the same examples each time, so that what it says is about the change it was given; everybody else tries
# new ones, and so finds what nobody thought of.
settings.register_profile("vkd", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("vkd")
