"""Where `vkd` starts. `vkd --version` imports nothing more than this."""

import sys

from vkd_server import __version__


def main() -> int:
    """Runs the command line; answers the exit code (LANGUAGE.md section 10)."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"vkd {__version__}")
        return 0
    from vkd_server.cli import run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
