"""Starts the real Kate in a display of its own and listens to what it and the server tell each other. Run: python -m tests.editors.kate.check"""

import os
import shutil
import signal
import subprocess

from tests.editors.workbench import ROOT, Report, Workbench, editor, skip, until, workbench

LISTENING = """#!/bin/sh
echo $$ >>'{home}/pids'
tee '{home}/asked' | {server} "$@" | tee '{home}/answered'
"""


def install(bench: Workbench) -> None:
    """Does what editors/kate/README.md tells a user to do, and answers Kate's question whether the server may be started."""
    source = ROOT / "editors/kate"
    bench.write(".data/org.kde.syntax-highlighting/syntax/vkd.xml", (source / "vkd.xml").read_text(encoding="utf-8"))
    bench.write(".config/kate/lspclient/settings.json", (source / "settings.json").read_text(encoding="utf-8"))
    allowed = f"AllowedServerCommandLines={bench.home}/bin/vkd server"
    bench.write(".config/katerc", f"[Kate Plugins]\nlspclientplugin=true\n\n[lspclient]\n{allowed}\n")
    script = bench.home / "bin/vkd"
    server = script.read_text().rpartition("exec ")[2].removesuffix(' "$@"\n')
    script.write_text(LISTENING.format(home=bench.home, server=server))


def main() -> None:
    program = editor("Kate", "kate")
    for needed in ("xvfb-run", "dbus-run-session"):
        shutil.which(needed) or skip("Kate", f"{needed} is not on PATH")
    with workbench() as bench:
        install(bench)
        demand = bench.folketelling / "demands/eksempel-3.vkd"
        demand.write_text(demand.read_text(encoding="utf-8").replace("Kjønn ", "Kjønnx"), encoding="utf-8")
        report = Report("Kate")

        def heard(name: str) -> str:
            file = bench.home / name
            return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

        # Kate alone is ended below, so that it is seen whether the server ends by itself.
        noted = bench.home / "kate.pid"
        start = f"echo $$ >'{noted}'; exec '{program}' --startanon '{demand}'"
        command = ["xvfb-run", "-a", "dbus-run-session", "sh", "-c", start]
        environment = bench.environment(XDG_RUNTIME_DIR=str(bench.home))
        kate = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        report.see("the server starts and is told of the file", "eksempel-3.vkd", lambda: heard("asked"))
        report.see("as one in its language", '"languageId": "vkd"', lambda: heard("asked"))
        report.see("a misspelt word is marked", "VKD101", lambda: heard("answered"))
        report.see("the outline is asked for", "textDocument/documentSymbol", lambda: heard("asked"))
        os.kill(int(noted.read_text()), signal.SIGTERM)
        complaints = [line for line in kate.communicate()[1].splitlines() if "yntax" in line]
        report.note("the colours are read without complaint", not complaints, f"seen {complaints}")
        report.note("the server ends with Kate", until(lambda: not bench.servers()), f"seen {bench.servers()}")
        report.end()


if __name__ == "__main__":
    main()
