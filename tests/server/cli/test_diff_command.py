"""`vkd diff`: what changed in meaning between revisions, each case a workspace in git and what is told of an edit."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.server.cli.conftest import Called, Vkd
from tests.server.workspaces import CENSUS

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

FT60 = "products/ft60-person.vkd"
FT70 = "products/ft70.vkd"
NAMES = "vocabulary/names.csv"
CHARACTERISTICS = "vocabulary/characteristics.csv"
SAME = "Nothing has changed in meaning."


class Repository:
    """A repository in a folder, with the census in a folder below it, which is what gets changed."""

    def __init__(self, folder: Path, vkd: Vkd) -> None:
        self.folder = folder
        self.census = folder / "catalogues" / "census"
        self._vkd = vkd
        folder.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        identity = {
            f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        run = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environment, check=True, capture_output=True, text=True
        )
        return run.stdout

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "more")
        return self.git("rev-parse", "HEAD").strip()

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        file = self.census / name
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.census / name).write_text(text, encoding="utf-8")

    def diff(self, *arguments: str) -> Called:
        return self._vkd("diff", *arguments, cwd=self.census)

    def told(self, *arguments: str) -> list[str]:
        """What is told in English: lines without the title, and without headings."""
        called = self.diff(*(arguments or ("HEAD",)), "--language", "en")
        assert (called.code, called.err) == (0, "")
        return [line.strip() for line in called.out.splitlines()[1:] if line.startswith((" ", "!"))] or [
            line for line in called.out.splitlines()[1:] if line
        ]

    def json(self, *arguments: str) -> Any:
        return self.diff(*(arguments or ("HEAD",)), "--format", "json").json


@pytest.fixture
def repository(tmp_path: Path, vkd: Vkd) -> Repository:
    made = Repository(tmp_path / "repository", vkd)
    shutil.copytree(CENSUS, made.census, ignore=shutil.ignore_patterns(".vkd"))
    made.commit()
    return made


def test_nothing_changed(repository: Repository) -> None:
    assert repository.told() == [SAME]
    assert repository.diff("HEAD", "--exit-code").code == 0


REWRITTEN = """# Another comment.
0/produktbeskrivelse/FT60-Person/unit-id=Person-id; access=Restricted,  etter søknad;form=CSV
  ; dokumentarkiv=P:ft60.md; dataarkiv=F:ft60-person.csv
1/Personer/Personreg.nov.60/Kjønn/1960M11D/O
2/Persons/Personreg.nov.60/Occupation/19601101/O
3/"/[P.60]/Fødselsdato/"/O
4/"/"/Fødselsnummer/"/.
"""


@pytest.mark.parametrize(
    "edits",
    [
        {FT60: REWRITTEN.replace("1960M11D", "19601101").replace("Person-id", "Fødselsnummer")},
        {FT60: (CENSUS / FT60).read_text(encoding="utf-8").replace("\n", "\r\n")},
        {FT60: "", "products/elsewhere.vkd": (CENSUS / FT60).read_text(encoding="utf-8")},
        {"demands/eksempel-3.vkd": "", "a.vkd": (CENSUS / "demands/eksempel-3.vkd").read_text(encoding="utf-8")},
    ],
    ids=["order, case, synonyms, codes, dittos, aliases", "line ends", "another file", "a demand in another file"],
)
def test_what_is_written_otherwise_and_means_the_same_is_no_change(
    repository: Repository, edits: Mapping[str, str]
) -> None:
    for name, text in edits.items():
        repository.write(name, text)
    assert repository.told() == [SAME]


SET = f"({FT60}:2)"


@pytest.mark.parametrize(
    ("file", "changes", "told"),
    [
        (
            FT60,
            [("Kjønn  ", "Inntekt")],
            [
                f"~ ft60-person {SET}",
                "+ Persons / Population register Nov. 60 / Income / 1960-11-01",
                "- Persons / Population register Nov. 60 / Sex / 1960-11-01",
                "~ bruker 1 (demands/eksempel-3.vkd:2): 1 answer → no answers",
                "- ft60-person + ft70-person (exact)",
            ],
        ),
        (
            FT60,
            [("access=restricted, etter søknad", "access=open; lead-time=5"), ("F:ft60-person.csv", "F:x.csv")],
            [
                f"~ ft60-person {SET}",
                "~ data: F:ft60-person.csv → F:x.csv",
                "~ access: restricted, etter søknad → open",
                "~ lead-time: not stated → 5",
                "~ bruker 1 (demands/eksempel-3.vkd:2): 1 answer → 1 answer",
                "~ ft60-person: data: F:ft60-person.csv → F:x.csv; access: restricted, etter søknad → open;"
                " lead-time: not stated → 5",
            ],
        ),
        (
            FT60,
            [("; unit-id=Fødselsnummer", "")],
            [
                f"~ ft60-person {SET}",
                "~ unit-id: Fødselsnummer → not stated",
                "~ bruker 1 (demands/eksempel-3.vkd:2): 1 answer → 1 answer",
                "~ ft60-person + ft70-person (exact → exact, linkage unknown)",
            ],
        ),
        (
            FT60,
            [("Fødselsnummer\n", "Dåpsdag\n"), ("Kjønn  ", "Kjøn  ")],
            [
                f"~ ft60-person {SET}",
                "+ Persons / Population register Nov. 60 / kjøn (?) / 1960-11-01",
                "- Persons / Population register Nov. 60 / Sex / 1960-11-01",
                "~ unit-id: Fødselsnummer → Dåpsdag",
                "~ bruker 1 (demands/eksempel-3.vkd:2): 1 answer → no answers",
                "- ft60-person + ft70-person (exact)",
            ],
        ),
        (FT60, [("ft60-person /", "ft60 /")], [f"~ ft60-person is now called ft60 {SET}"]),
        (
            FT60,
            [("ft60-person /", "ft60 /"), ("form=csv", "form=parquet")],
            [
                f"~ ft60-person is now called ft60 {SET}",
                "~ form: csv → parquet",
                "~ bruker 1 (demands/eksempel-3.vkd:2): 1 answer → 1 answer",
                "~ ft60: form: csv → parquet",
            ],
        ),
        (
            "products/dode.vkd",
            [("Produktbeskrivelse", "Produktbeskrivelsen")],
            [
                "- dode-yrke (products/dode.vkd:2): 2 sentences",
                "~ bruker 2 (demands/eksempel-4.vkd:2): 1 answer → no answers",
                "- dode-yrke (narrower)",
            ],
        ),
        (
            "demands/eksempel-3.vkd",
            [("/ bruker 1 /", "/ somebody else /")],
            [
                "+ somebody else (demands/eksempel-3.vkd:2): 1 answer",
                "- bruker 1 (demands/eksempel-3.vkd:2): 1 answer",
            ],
        ),
        (
            "demands/eksempel-3.vkd",
            [("/ Inntekt ", "/ Yrke ")],
            ["~ bruker 1 (demands/eksempel-3.vkd:2): 1 answer → 1 answer", "~ asks for something else"],
        ),
        (
            "demands/eksempel-3.vkd",
            [("/ Inntekt ", "/ Inntekkt ")],
            [
                "~ bruker 1 (demands/eksempel-3.vkd:2): 1 answer → cannot be run",
                "- ft60-person + ft70-person (exact)",
            ],
        ),
    ],
)
def test_what_changed_is_told(
    repository: Repository, file: str, changes: list[tuple[str, str]], told: list[str]
) -> None:
    repository.edit(file, *changes)
    assert repository.told() == told
    assert repository.diff("HEAD", "--exit-code").code == 1


def test_an_alias_of_an_archive_that_leads_elsewhere(repository: Repository) -> None:
    repository.edit("vkd.toml", ('F = "archive/"', 'F = "https://example.org/"'))
    told = [line for line in repository.told() if line.startswith("~ data: ")]
    assert len(told) == 4
    assert "~ data: archive/ft60-person.csv → https://example.org/ft60-person.csv" in told


def test_a_register_kept_in_the_workspace_gives_the_same_and_nothing_is_written(
    repository: Repository, vkd: Vkd
) -> None:
    repository.edit(FT60, ("Kjønn  ", "Inntekt"))
    before = sorted(repository.census.rglob("*"))
    fresh = repository.json()
    assert sorted(repository.census.rglob("*")) == before
    vkd("run", "demands", cwd=repository.census)
    kept = (repository.census / ".vkd/register.sqlite").read_bytes()
    assert repository.json() == fresh
    assert (repository.census / ".vkd/register.sqlite").read_bytes() == kept
    assert [one["lost"] for one in fresh["demands"]] == [
        [{"members": ["ft60-person", "ft70-person"], "before": "exact", "now": ""}]
    ]


def test_concepts_are_told_where_sets_speak_of_them(repository: Repository) -> None:
    text = (repository.census / CHARACTERISTICS).read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("K5,"))
    repository.edit(CHARACTERISTICS, (f"\n{row}\n", f"\n{row.replace('K5,', 'K5b,', 1)}\n"))
    moved = [line for line in repository.told() if "K5" in line]
    assert len(moved) == 1
    assert moved[0].startswith("~ characteristics: Occupation: [K5] → [K5b]")
    assert [line for line in repository.told() if line.startswith("~ ft")] == []
    assert repository.json()["demands"] == []


def test_a_concept_called_otherwise_takes_the_sentences_it_had(repository: Repository) -> None:
    repository.edit(CHARACTERISTICS, ("Yrke,", "Stilling,"))
    told = repository.told()
    assert any(line.startswith("~ characteristics: [K5] Yrke → Stilling") for line in told)
    at = told.index(f"~ ft60-person {SET}")
    assert told[at + 1 : at + 3] == [
        "+ Persons / Population register Nov. 60 / yrke (?) / 1960-11-01",
        "- Persons / Population register Nov. 60 / Occupation / 1960-11-01",
    ]
    assert "~ bruker 1 (demands/eksempel-3.vkd:2): 1 answer → cannot be run" in told


def test_a_vocabulary_that_cannot_be_read_on_one_side_is_said_and_words_are_compared(repository: Repository) -> None:
    whole = (repository.census / NAMES).read_bytes()
    (repository.census / NAMES).write_bytes(b"not,a,vocabulary\n")
    broken = repository.commit()
    (repository.census / NAMES).write_bytes(whole)
    repository.edit(FT60, ("Kjønn  ", "Inntekt"))
    told = repository.told(broken)
    assert told[0] == (f"! {broken}: {NAMES} has errors (VKD604); what cannot be coded was compared word for word")
    assert [line for line in told if line[:6] in ("~ ft60", "~ ft70", "+ Pers")] == [
        f"~ ft60-person {SET}",
        "+ Persons / Population register Nov. 60 / Income / 1960-11-01",
    ]


def test_settings_that_cannot_be_read_on_one_side_are_the_others(repository: Repository) -> None:
    repository.write("vkd.toml", "[catalogue\n")
    told = repository.told()
    assert told[0].startswith("! the files now: vkd.toml cannot be read, so the other side's settings hold")
    assert len(told) == 1
    repository.commit()
    called = repository.diff("HEAD")
    assert (called.code, called.out) == (2, "")
    assert "vkd.toml:1" in called.err


def test_a_revision_without_the_workspace_and_one_with_it(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "empty")
    repository.git("rm", "-r", "-q", "--cached", ".")
    repository.git("commit", "-q", "--allow-empty", "-m", "empty")
    told = repository.told("empty")
    assert told[0] == "! empty: the catalogue is not there"
    assert [line.split()[:2] for line in told if line.startswith("+ ft")] == [
        ["+", "ft60-person"],
        ["+", "ft70-person"],
        ["+", "ft70-tabell"],
    ]
    gone = repository.json("main", "empty")
    assert {one["kind"] for one in gone["sets"]} == {"gone"}
    assert gone["now"] == "empty"


def test_two_revisions_and_ranges_with_a_merge(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "side")
    repository.edit(FT60, ("form=csv", "form=parquet"))
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.edit(FT70, ("lead-time=30", "lead-time=60"))
    repository.commit()
    on_side, on_main = f"~ ft60-person {SET}", f"~ ft70-person ({FT70}:2)"

    def sets(*arguments: str) -> set[str]:
        return {line for line in repository.told(*arguments) if line.startswith("~ ft") and line.endswith(")")}

    assert sets("main...side") == {on_side}
    assert sets("side...") == {on_main}
    assert sets("main..side") == sets("main", "side") == {on_side, on_main}
    repository.git("merge", "-q", "--no-edit", "side")
    assert sets("HEAD^1") == {on_side}
    assert sets("HEAD^2", "HEAD") == {on_main}
    assert sets("main~2", "main", "products/ft70.vkd") == {on_main}
    assert sets("main~1", "products") == sets("main~1", ".") == sets("main~1", "../..") == {on_side}
    assert sets("main~1", "../elsewhere/", "products/dode.vkd") == set()
    assert repository.told("main~1", "demands") != [SAME]
    assert repository.told("main~1", "documents") == [SAME]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere: git knows no such revision here"),
        (["HEAD..nowhere"], "nowhere: git knows no such revision here"),
        (["HEAD:products"], "HEAD:products: git knows no such revision here"),
        (["HEAD", "neither"], "neither: neither a revision nor a path here"),
        (["HEAD", "products"], "products is both a revision and a path; write ./products for the path"),
        (["--output=x"], "vkd diff: "),
        (["--", "--output=x"], "--output=x: git knows no such revision here"),
        (["--workspace", "nowhere", "HEAD"], "nowhere: no such folder"),
        ([""], "git knows no such revision here"),
        (["a\nb"], "git knows no such revision here"),
    ],
)
def test_calls_that_mean_nothing(repository: Repository, arguments: list[str], said: str) -> None:
    repository.git("branch", "products")
    called = repository.diff(*arguments)
    assert (called.code, called.out) == (2, "")
    assert said in called.err
    assert called.err.count("\n") == 1
    assert not (repository.census / "x").exists()


def test_outside_git(tmp_path: Path, vkd: Vkd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    called = vkd("diff", "HEAD")
    assert called.code == 2
    assert f"{tmp_path}: not in a working tree of git" in called.err


def test_without_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    called = repository.diff("HEAD")
    assert (called.code, called.out) == (2, "")
    assert "git is not on the PATH" in called.err


def test_nothing_that_a_repository_is_set_to_is_run(repository: Repository, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    for key in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.smudge",
    ):
        repository.git("config", key, f"touch {trap}; cat")
    (repository.folder / ".git/hooks").mkdir(exist_ok=True)
    repository.write(".gitattributes", "* diff=x filter=x\n")
    repository.edit(FT60, ("form=csv", "form=parquet"))
    assert "~ form: csv → parquet" in repository.told()
    assert not trap.exists()


def test_a_hook_that_calls_is_not_led_astray(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository.folder / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    repository.edit(FT60, ("form=csv", "form=parquet"))
    assert "~ form: csv → parquet" in repository.told()


def test_accepted_answers_that_hold_no_longer(repository: Repository, vkd: Vkd) -> None:
    vkd("test", "demands", "--accept", cwd=repository.census)
    repository.commit()
    repository.edit(FT70, ("lead-time=30", "lead-time=60"))
    assert repository.told()[-1] == "the accepted answers hold no longer; vkd test shows why"
    assert repository.json()["demands"][0]["accepted"] is False
    vkd("test", "demands", "--accept", cwd=repository.census)
    assert repository.json()["demands"][0]["accepted"] is True


def test_many_lines_are_counted_and_programs_get_all(repository: Repository) -> None:
    sets = [f"0 / Produktbeskrivelse / set {n} / form=csv\n1 / Personer / P.70 / Yrke / 1970 / .\n" for n in range(25)]
    repository.write("products/many.vkd", "".join(sets))
    assert "and 5 more" in repository.told()
    assert len(repository.json()["sets"]) == 25


def test_markdown_holds_no_markup_of_others_and_no_personal_number(repository: Repository) -> None:
    number = "01016050012"
    repository.edit(FT60, ("ft60-person /", f"<b>ft60* {number} /"), ("form=csv", "form=a|b"))
    called = repository.diff("HEAD", "--format", "markdown")
    assert called.code == 0
    assert "\\<b\\>ft60\\*" in called.out
    assert "form: csv → a\\|b" in called.out
    assert number not in called.out + repository.diff("HEAD", "--format", "json").out


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Ingenting har endret mening."),
        ("sv", "Ingenting har ändrat mening."),
        ("da", "Intet har ændret mening."),
        ("en", SAME),
    ],
)
def test_the_language_is_the_catalogues(repository: Repository, language: str, said: str) -> None:
    if language != "en":
        repository.edit("vkd.toml", ('language = "nb"', f'language = "{language}"'))
        assert said in repository.diff("HEAD").out
    assert said in repository.diff("HEAD", "--language", language).out


def test_a_workspace_without_settings_and_one_below_another(repository: Repository, vkd: Vkd) -> None:
    below = repository.census / "products" / "own"
    below.mkdir()
    demand = "0 / Demand description / own\n1 / - / - / - / - / .\n"
    (below / "d.vkd").write_text(demand, encoding="utf-8")
    assert repository.told() == ["+ own (products/own/d.vkd:1): 4 answers"]
    (below / "vkd.toml").write_text("", encoding="utf-8")
    assert repository.told() == [SAME]
    repository.commit()
    (below / "d.vkd").unlink()
    assert vkd("diff", "HEAD", "--language", "en", cwd=repository.census).out.endswith(f"{SAME}\n")
    assert "- own (d.vkd:1)" in vkd("diff", "HEAD", cwd=below).out
    alone = repository.folder / "alone"
    alone.mkdir()
    (alone / "a.vkd").write_text(demand, encoding="utf-8")
    (alone / "characteristics.csv").write_bytes((repository.census / CHARACTERISTICS).read_bytes())
    assert "+ own (a.vkd:1)" in vkd("diff", "HEAD", cwd=alone).out


def test_json_has_the_keys_that_the_manual_names(repository: Repository) -> None:
    manual = (CENSUS.parents[1] / "docs/ci.md").read_text(encoding="utf-8")
    repository.edit(FT60, ("Kjønn  ", "Inntekt"), ("form=csv", "form=px"))
    repository.edit(CHARACTERISTICS, ("K6,Inntekt,", "K6,Inntekter,"))
    found = repository.json()
    assert found.keys() == {
        *("version", "catalogue", "before", "now", "notes", "sets", "concepts", "other_concepts", "demands")
    }
    assert (found["before"], found["now"]) == ("HEAD", None)
    for part in ("sets", "concepts", "demands"):
        row = next(line for line in manual.splitlines() if line.startswith(f"| `{part}` |"))
        assert found[part]
        assert all(f"`{key}`" in row for one in found[part] for key in one)
