"""What other programs run of ours: the commands in hooks, action, template and manual are real, and do what they say.

The programs themselves (GitHub, GitLab) are not there; their scripts are run by the shell they would be run by.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from tests.server.workspaces import workspace
from vkd_server.cli import COMMANDS
from vkd_server.cli.parser import OneLineParser

ROOT = Path(__file__).parents[3]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SPEC, JOBS = yaml.safe_load_all((ROOT / "templates/vkd/template.yml").read_text(encoding="utf-8"))
MANUAL = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step and step["name"] != "Install vkd"}
DEMAND = "0 / Demand description / q\n1 / Persons / - / {word} / 1970 / .\n"

in_a_shell = pytest.mark.skipif(not (shutil.which("bash") and shutil.which("git")), reason="no bash, or no git")


def commands() -> list[str]:
    """Every call of vkd in the files, as it stands there, one line each."""
    scripts = [step["run"] for step in STEPS.values()]
    scripts += [line for job in JOBS.values() for line in job.get("script", ())]
    scripts += [hook["entry"] for hook in HOOKS]
    scripts += re.findall(r"^```\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)
    return [line.strip() for script in scripts for line in script.splitlines() if line.strip().startswith("vkd ")]


@pytest.mark.parametrize("command", commands())
def test_every_command_is_one(command: str) -> None:
    words = shlex.split(re.split(r" >>? | \|\| ", command)[0], comments=True)
    assert words[1] in COMMANDS
    parser = OneLineParser(f"vkd {words[1]}")
    import_module(f"vkd_server.cli.commands.{words[1]}").add_arguments(parser)
    parser.parse_args(words[2:])


def test_hooks_are_described_as_pre_commit_asks() -> None:
    assert [hook["id"] for hook in HOOKS] == ["vkd-check", "vkd-format", "vkd-test"]
    for hook in HOOKS:
        assert hook.keys() == {"id", "name", "description", "entry", "language", "files"} | (
            {"pass_filenames"} & hook.keys()
        )
        assert hook["language"] == "python"
        assert re.search(hook["files"], "a/b.vkd")
        assert not re.search(hook["files"], "a/b.md")
    assert re.search(HOOKS[0]["files"], "vkd.toml")
    assert not re.search(HOOKS[0]["files"], "not-vkd.toml")


def test_the_action_uses_what_it_declares() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == ACTION["inputs"].keys()
    assert all({"description", "default"} == given.keys() for given in ACTION["inputs"].values())
    assert ACTION["runs"]["using"] == "composite"
    for step in ACTION["runs"]["steps"]:
        assert ("run" in step) == (step.get("shell") == "bash")
        assert "${{" not in step.get("run", ""), "what a workflow gives is no text of a command"
    used = yaml.safe_load(re.findall(r"^```yaml\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)[1])
    assert used["jobs"]["vkd"]["steps"][1]["with"].keys() <= ACTION["inputs"].keys()


def test_the_template_uses_what_it_declares() -> None:
    text = (ROOT / "templates/vkd/template.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\[\[ inputs\.(\w+) \]\]", text)) == SPEC["spec"]["inputs"].keys()
    assert not any("$[[" in line for job in JOBS.values() for line in job.get("script", ()))
    used = yaml.safe_load(re.findall(r"^```yaml\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)[2])
    assert used["include"][0]["inputs"].keys() <= SPEC["spec"]["inputs"].keys()


class Runner:
    """Runs scripts as a build server does, in a repository whose last commit is good."""

    def __init__(self, folder: Path) -> None:
        self.folder = workspace(folder / "repository", {"with blank/q.vkd": DEMAND.format(word="Occupation")})
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        identity = {
            f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        self.environment = {
            **os.environ,
            **identity,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_OUTPUT": str(self.temporary / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary.md"),
            "VKD_PATHS": ".",
        }
        self.run(
            "vkd format . && vkd test --accept demands 'with blank' && git init -q && git add -A && git commit -qm 1"
        )

    def run(self, script: str, **given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
            cwd=self.folder,
            env={**self.environment, **given},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@in_a_shell
def test_the_actions_scripts(runner: Runner) -> None:
    paths = {"VKD_PATHS": "\nproducts\nwith blank\n\n"}
    outcomes = {
        name: runner.run(
            step["run"], **(paths if "VKD_PATHS" in step["env"] else {}), VKD_REVISION="HEAD", VKD_WORKSPACE="."
        )
        for name, step in STEPS.items()
        if name != "Accepted answers"
    }
    assert {name: (run.returncode, run.stderr.count("rror")) for name, run in outcomes.items()} == dict.fromkeys(
        outcomes, (0, 0)
    )
    assert runner.run(STEPS["Accepted answers"]["run"], VKD_PATHS="demands\nwith blank").returncode == 0
    (runner.folder / "with blank/q.vkd").write_text(DEMAND.format(word="   Ocupation"), encoding="utf-8")
    check = runner.run(STEPS["Check"]["run"], **paths)
    assert check.returncode == 1
    assert check.stdout.startswith("::error file=with blank/q.vkd,line=2")
    assert runner.run(STEPS["Findings as SARIF"]["run"], **paths).returncode == 0
    assert '"VKD101"' in (runner.temporary / "vkd.sarif").read_text(encoding="utf-8")
    assert runner.run(STEPS["Findings as SARIF"]["run"], VKD_PATHS="nowhere").returncode == 1
    assert runner.run(STEPS["Format"]["run"], **paths).returncode == 1
    assert runner.run(STEPS["Accepted answers"]["run"], VKD_PATHS="with blank").returncode == 1
    assert runner.run(STEPS["What changed in meaning"]["run"], VKD_REVISION="HEAD", VKD_WORKSPACE=".").returncode == 0
    assert "with blank/q.vkd" in (runner.temporary / "summary.md").read_text(encoding="utf-8")
    injected = runner.run(STEPS["Check"]["run"], VKD_PATHS="$(touch trap)\n--fix")
    assert injected.returncode == 2
    assert not (runner.folder / "trap").exists()


INJECTED = """\
0 / Etterspørselsbeskrivelse / bruker
::stop-commands::x1
  ::error file=README.md,line=1::injected
# ##[error]injected
1 /Personer / Personreg.nov.70 / Yrke / 19701101 / .
"""


@in_a_shell
@pytest.mark.parametrize("name", ["q.vkd", "q\n::error::injected.vkd", "::error::injected.vkd"])
@pytest.mark.parametrize("on_github", ["true", ""])
def test_no_text_of_a_file_becomes_a_command_to_the_runner(runner: Runner, name: str, on_github: str) -> None:
    (runner.folder / "with blank" / name).write_text(INJECTED, encoding="utf-8")
    expected = runner.folder / "with blank" / name.replace(".vkd", ".expected")
    expected.write_text("::error::injected\n##[error]injected\n", encoding="utf-8")
    for step, code in {"Format": 1, "Accepted answers": 1, "Check": 1}.items():
        ran = runner.run(STEPS[step]["run"], VKD_PATHS="with blank", GITHUB_ACTIONS=on_github)
        assert ran.returncode == code
        assert obeyed(ran.stdout) == obeyed(ran.stderr) == []
    if on_github:
        # Whoever calls it in a step of their own is as safe.
        for call in ("format --check --diff", "test", "run", "check"):
            ran = runner.run(f"vkd {call} 'with blank' || true", GITHUB_ACTIONS=on_github)
            assert obeyed(ran.stdout) == obeyed(ran.stderr) == []


def obeyed(log: str) -> list[str]:
    """The lines of a log that the runner takes for commands, but for those that only stop and resume that."""
    word, found = "", []
    for line in log.splitlines():
        text = line.strip()
        if word:
            word = "" if text == f"::{word}::" else word
        elif text.startswith("::stop-commands::"):
            word = text.removeprefix("::stop-commands::")
            # One that stands in a file is known to whoever wrote the file.
            found += [line] if len(word) < 32 else []
        elif re.match("::(error|warning|notice) file=[^:,]*,line=[0-9]+,[^:]*,title=VKD[0-9]{3}::", text):
            # What `vkd check --output-format github` is for.
            continue
        elif text.startswith("::") or "##[" in line:
            found.append(line)
    return found


@in_a_shell
def test_the_templates_scripts(runner: Runner) -> None:
    check, test, diff = (job["script"] for name, job in JOBS.items() if not name.startswith("."))
    given = {"VKD_PATHS": "products demands", "VKD_WORKSPACE": ".", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD"}
    assert [runner.run("\n".join(script), **given).returncode for script in (check, diff)] == [0, 0]
    assert runner.run("\n".join(test), VKD_PATHS="demands").returncode == 0
    (runner.folder / "demands/eksempel-3.vkd").write_text(DEMAND.format(word="Ocupation"), encoding="utf-8")
    assert runner.run("\n".join(check), **given).returncode == 1
    assert '"VKD101"' in (runner.folder / "gl-code-quality-report.json").read_text(encoding="utf-8")
    assert "<failure" in (runner.folder / "vkd-junit.xml").read_text(encoding="utf-8")
    assert runner.run("\n".join(test), VKD_PATHS="demands").returncode == 1
    assert (runner.folder / "vkd-diff.md").read_text(encoding="utf-8").startswith("# Folketelling: HEAD → HEAD")
