"""`vkd web` called wrongly: one line, in the language of the user's locale, and exit code 2."""

import socket
from pathlib import Path

import pytest

from tests.server.workspaces import workspace
from vkd_server.cli import run_command
from vkd_server.lsp.transports import serve_editors

LOCALES = ("nb_NO.UTF-8", "sv_SE.UTF-8", "da_DK.UTF-8", "C")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str, show: object = None) -> str:
    assert run_command(["web", *arguments], show=show) == 2  # type: ignore[arg-type]
    out, said = capsys.readouterr()
    assert "http:" not in out
    assert said.count("\n") == 1
    return said


@pytest.mark.parametrize(
    ("locale", "said"),
    list(zip(LOCALES, ("ingen slik mappe", "ingen sådan mapp", "ingen sådan mappe", "no such folder"), strict=True)),
)
def test_no_such_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, locale: str, said: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert said in refused(capsys, str(tmp_path / "none"))
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert said in refused(capsys, str(tmp_path / "file"))


@pytest.mark.parametrize(
    ("locale", "said"),
    list(zip(LOCALES, ("ingen katalog", "ingen katalog", "intet katalog", "no catalogue"), strict=True)),
)
def test_no_catalogue(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, locale: str, said: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert said in refused(capsys, str(tmp_path))


def test_settings_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "vkd.toml").write_text("[catalogue\n", encoding="utf-8")
    assert "vkd.toml:1:" in refused(capsys, str(tmp_path))


@pytest.mark.parametrize(
    ("locale", "said"),
    list(zip(LOCALES, ("kan ikke brukes", "kan inte användas", "kan ikke bruges", "cannot be used"), strict=True)),
)
def test_a_port_that_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, locale: str, said: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    folder = workspace(tmp_path, {})

    def show(_configuration: object, port: int, **_: object) -> int:
        return serve_editors(("127.0.0.1", port), lambda _: 0, ())

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        message = refused(capsys, str(folder), "--port", port, show=show)
    assert said in message
    assert port in message


@pytest.mark.parametrize("port", ["-1", "65536", "x", "¹", "80.5", "99999999999"])
def test_what_is_no_port(capsys: pytest.CaptureFixture[str], port: str) -> None:
    assert run_command(["web", "--port", port]) == 2
    assert capsys.readouterr().err.count("\n") == 1
