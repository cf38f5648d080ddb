"""Files that are not open are checked in steps, and said the same of as when they are checked at once."""

from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest

from tests.server.workspaces import PARSER, workspace
from vkd_grammar.document import read_document
from vkd_grammar.text import decode
from vkd_server.features.diagnostics import diagnose_document
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.files import checked_in_steps, signature_of
from vkd_server.workspace.project import Project, Projects
from vkd_server.workspace.settings import Settings

T = TypeVar("T")
TWICE = "0 / Produktbeskrivelse / x / form=csv\n1 / Personer / P / Bakst / 1970 / .\n"
TEXTS = [
    b"",
    b"# vkd: ignore[VKD401]\n0 / Produktbeskrivelse / y\n",
    f"{TWICE}{TWICE}".encode(),
    b"0 / Produktbeskrivelse / ft70-person / data=nix:a\n",
    b"# \xe5 latin\n0 / Produktbeskrivelse / y\n1 / \xff / \xff\n",
    b"\xef\xbb\xbf0 / Etterspurnadsskildring / z\r1 / a\r\n",
]


def project_of(folder: Path) -> Project:
    return Projects(PARSER, BackgroundCatalogue).project_of(None, (folder,), Settings())


def finished(steps: Generator[None, None, T]) -> tuple[int, T]:
    """How many steps some work takes, and what comes of it."""
    count = 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return count, end.value
        count += 1


@pytest.mark.parametrize("data", TEXTS)
def test_in_steps_as_at_once(tmp_path: Path, data: bytes) -> None:
    project = project_of(workspace(tmp_path, {"products/a.vkd": data, "products/b.vkd": TWICE}))
    text, faults = decode(data)
    document = read_document(text, PARSER)
    at_once = diagnose_document(document, "products/a.vkd", project.catalogue, faults=faults)
    steps, file = finished(checked_in_steps(project, "products/a.vkd"))
    said = [(one.code, one.message, one.start, one.end, one.related()) for one in file.diagnostics]
    assert said == [(one.code, one.message, one.start, one.end, one.related()) for one in at_once]
    assert steps >= len(document.descriptions)


def test_a_file_that_is_gone_has_nothing_wrong_with_it(tmp_path: Path) -> None:
    project = project_of(workspace(tmp_path, {}))
    assert signature_of(project, "products/none.vkd", 0) is None
    assert finished(checked_in_steps(project, "products/none.vkd"))[1].diagnostics == ()
