"""Has jupyter-lsp, which JupyterLab asks for language servers, read the configuration. Run: python -m tests.editors.jupyterlab.check"""

import json
import os
import subprocess
from pathlib import Path

from tests.editors.workbench import ROOT, Report, skip, workbench

LISTING = """
import asyncio, json, pathlib
from jupyter_lsp import LanguageServerManager
from tornado.websocket import WebSocketHandler
from traitlets.config import Config

async def started():
    stored = json.loads(pathlib.Path("vkd.json").read_text())
    manager = LanguageServerManager(config=Config(stored), autodetect=False)
    manager.initialize()
    heard = asyncio.get_running_loop().create_future()
    class Listener(WebSocketHandler):
        def __init__(self):
            self.language_server = "vkd"
        def write_message(self, message):
            heard.done() or heard.set_result(message)
    handler = Listener()
    manager.subscribe(handler)
    asking = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}}
    await manager.on_client_message(json.dumps(asking), handler)
    answer = await asyncio.wait_for(heard, 30)
    print(json.dumps([sorted(manager.language_servers), manager.sessions["vkd"].status.value, json.loads(answer)["result"]["serverInfo"]["name"]]))
    manager.unsubscribe(handler)
    for session in manager.sessions.values():
        session.stop()

asyncio.run(started())
"""


def main() -> None:
    python = Path(os.environ.get("VKD_EDITORS", "/nowhere")) / "jupyterlab/bin/python"
    if not python.is_file():
        skip("JupyterLab", "it is not under VKD_EDITORS")
    with workbench() as bench:
        report = Report("JupyterLab")
        bench.write("vkd.json", (ROOT / "editors/jupyterlab/vkd.json").read_text(encoding="utf-8"))
        done = subprocess.run(
            [python, "-c", LISTING],
            cwd=bench.home,
            env=bench.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        listed, status, name = json.loads(done.stdout) if done.returncode == 0 else ([], "", "")
        report.note("jupyter-lsp lists the server", listed == ["vkd"], f"expected vkd, seen {listed}: {done.stderr}")
        report.note("it has started", status == "started", f"expected started, seen {status!r}")
        report.note("it answers", name == "vkd", f"expected vkd, seen {name!r}")
        report.end()


if __name__ == "__main__":
    main()
