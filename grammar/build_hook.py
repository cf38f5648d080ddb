"""Hatchling's build hook: compiles the tree-sitter grammar into `vkd_grammar._language`.

It takes the C compiler that the machine has. Where none works, it asks for the PyPI package `ziglang`, which carries
one. No Python headers are needed (binding.c says why), and the result serves every CPython from 3.11 on.

Run as a script it exits 0 where a C compiler works and 1 where `ziglang` must be installed first.
"""

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ZIG = [sys.executable, "-m", "ziglang", "cc", "-mcpu=baseline"]
MODULE = "grammar/vkd_grammar/_language" + (".pyd" if os.name == "nt" else ".abi3.so")
PROBE = b"#include <stdlib.h>\nint probe(void) { return abs(-1); }\n"


def c_compiler() -> list[str] | None:
    """The command of a C compiler that works, $CC first; None where there is none."""
    named = shlex.split(os.environ.get("CC", ""))
    found = [[path] for name in ("cc", "gcc", "clang") if (path := shutil.which(name))]
    return next((command for command in [named, *found] if command and _works(command)), None)


class BuildHook(BuildHookInterface[Any]):
    """Compiles parser.c and binding.c into the package before hatchling collects its files."""

    def dependencies(self) -> list[str]:
        """What the build needs besides hatchling: `ziglang`, only where no C compiler works."""
        return [] if c_compiler() else ["ziglang>=0.13"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and tell hatchling to ship the file in a wheel for this platform and any CPython from 3.11 on."""
        grammar = Path(self.root, "grammar/tree-sitter-vkd")
        sources = [str(grammar / "src/parser.c"), str(grammar / "binding.c")]
        _compile([f"-I{grammar / 'src'}", *sources], Path(self.root, MODULE))
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data.update(artifacts=[MODULE], pure_python=False, tag=f"cp311-abi3-{platform}")


def _compile(arguments: list[str], target: Path) -> None:
    """Link a shared library; it is written beside the target first, so that a running process keeps its own copy."""
    shared = ["-shared", "-O2", "-std=c11", "-fvisibility=hidden"]
    if os.name == "nt":
        arguments = [*arguments, str(Path(sys.base_prefix, "libs", "python3.lib"))]
    else:
        shared.append("-fPIC")
    if sys.platform == "darwin":
        shared += ["-undefined", "dynamic_lookup"]
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        fresh = Path(folder, target.name)
        cache = {"ZIG_GLOBAL_CACHE_DIR": folder, "ZIG_LOCAL_CACHE_DIR": folder}
        command = [*(c_compiler() or ZIG), *shared, *arguments, "-o", str(fresh)]
        subprocess.run(command, env=os.environ | cache, check=True)
        fresh.replace(target)


def _works(command: list[str]) -> bool:
    """Whether the command links a shared library that uses the C library's headers."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["-shared", "-fPIC", "-x", "c", "-", "-o", str(Path(folder, "probe"))]
        try:
            return subprocess.run([*command, *arguments], input=PROBE, capture_output=True).returncode == 0
        except OSError:
            return False


if __name__ == "__main__":
    sys.exit(c_compiler() is None)
