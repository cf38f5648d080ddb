"""Types that are made when they are first used are made once, whoever is first."""

import subprocess
import sys

BEGIN_AT_ONCE = """
import sys, threading
from vkd_server.lsp.lazy_types import import_types
import_types()
from vkd_server.lsp.inbox import Inbox
from vkd_server.lsp.server import Server
sys.setswitchinterval(1e-6)
def begin():
    server = Server(Inbox(iter(())), lambda _: None, watch_parent=False)
    told.append(len(server._initialize({"capabilities": {}})["capabilities"]))
told = []
threads = [threading.Thread(target=begin) for _ in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(*told)
"""


def test_clients_that_begin_at_the_same_moment() -> None:
    run = subprocess.run([sys.executable, "-c", BEGIN_AT_ONCE], capture_output=True, text=True, check=True)
    assert not run.stderr
    counts = run.stdout.split()
    assert len(counts) == 6
    assert len(set(counts)) == 1
    assert int(counts[0]) > 20
