"""What an answer says of what could not be read: how much, which, and that what is asked may stand in it."""

import os
from pathlib import Path

import pytest

from tests.folders import folder_for_all, unprivileged
from tests.server.cli.conftest import Vkd
from tests.server.workspaces import workspace

DEMAND = "0 / {} / bruker\n1 / Personer / Personreg.nov.70 / Utdanning / 19701101 / .\n"
ANSWERED = DEMAND.replace("Utdanning", "Yrke")
PRODUCT = """0 / Produktbeskrivelse / halv / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=open
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O
2 / Personer / Personreg.nov.70 / Kjonnn / 19701101 / O
3 / Personer / Personreg.nov.70 / Hudfarge / 19701101 / .

0 / Produktbeskrivelse / / data=F:ft70-person.csv
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .

0 / Produkt / uten type
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .
"""
HEADERS = {
    "nb": "Etterspørselsbeskrivelse",
    "sv": "Efterfrågebeskrivning",
    "da": "Efterspørgselsbeskrivelse",
    "en": "Demand description",
}
ANEW = {"nb": "egne observasjoner", "sv": "samlas in", "da": "indsamles", "en": "collected"}
SAID = {
    "nb": "4 setninger kunne ikke leses, i halv.",
    "sv": "4 satser kunde inte läsas, i halv.",
    "da": "4 sætninger kunne ikke læses, i halv.",
    "en": "4 sentences could not be read, in halv.",
}


def test_all_was_read(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"d.vkd": DEMAND.format(HEADERS["nb"])})
    (asked,) = vkd("run", "--output-format", "json", "d.vkd").demands
    assert asked["why"]["unread"] == {"products": 0, "sentences": 0}
    assert asked["to_observe"] == [1]
    assert ANEW["nb"] in " ".join(vkd("run", "d.vkd").out.split())


@pytest.mark.parametrize("language", HEADERS)
def test_sentences_that_have_no_meaning_may_be_what_is_asked(vkd: Vkd, tmp_path: Path, language: str) -> None:
    workspace(tmp_path, {"d.vkd": DEMAND.format(HEADERS[language]), "products/halv.vkd": PRODUCT})
    for _ in range(2):
        (asked,) = vkd("run", "--output-format", "json", "d.vkd").demands
        assert asked["why"]["unread"] == {"products": 0, "sentences": 4}
        assert "to_observe" not in asked
        said = " ".join(vkd("run", "d.vkd").out.split())
        assert said.count(SAID[language]) == 2
        assert ANEW[language] not in said
    (tmp_path / "products/halv.vkd").unlink()
    (asked,) = vkd("run", "--output-format", "json", "d.vkd").demands
    assert asked["why"]["unread"] == {"products": 0, "sentences": 0}


def test_it_is_said_beside_answers_too(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"d.vkd": ANSWERED.format(HEADERS["nb"]), "products/halv.vkd": PRODUCT})
    os.mkfifo(tmp_path / "products/pipe.vkd")
    called = vkd("run", "d.vkd")
    said = " ".join(called.out.split())
    assert "1 fil eller mappe kunne ikke leses: products/pipe.vkd (ingen vanlig fil). " + SAID["nb"] in said
    assert (called.code, called.err) == (0, "vkd run: products/pipe.vkd: not a regular file\n")
    public = vkd("run", "--public", "d.vkd")
    assert "1 fil eller mappe kunne ikke leses. " in " ".join(public.out.split())
    assert "pipe" not in public.out + public.err


@pytest.mark.parametrize("place", ["products/ft70.vkd", "products"])
def test_what_may_not_be_read(vkd: Vkd, place: str) -> None:
    with folder_for_all() as folder:
        workspace(folder, {"d.vkd": ANSWERED.format(HEADERS["nb"])})
        with unprivileged():
            assert vkd("run", "d.vkd", cwd=folder).code == 0
        (folder / place).chmod(0)
        with unprivileged():
            for _ in range(2):
                called = vkd("run", "--output-format", "json", "d.vkd", cwd=folder)
                assert called.demands[0]["why"]["unread"] == {"products": 1, "sentences": 0}
                assert (called.code, called.err) == (1, f"vkd run: {place}: permission denied\n")
            said = " ".join(vkd("run", "d.vkd", cwd=folder).out.split())
            assert f"1 fil eller mappe kunne ikke leses: {place} (ingen lesetilgang)." in said
            assert ANEW["nb"] not in said
        (folder / place).chmod(0o755)
        with unprivileged():
            assert vkd("run", "d.vkd", cwd=folder).code == 0


def test_a_vocabulary_is_named(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"d.vkd": ANSWERED.format(HEADERS["nb"])})
    (tmp_path / "vocabulary/names.csv").unlink()
    os.mkfifo(tmp_path / "vocabulary/names.csv")
    called = vkd("run", "d.vkd")
    assert (called.code, called.err) == (1, "vkd run: vocabulary/names.csv: not a regular file\n")
