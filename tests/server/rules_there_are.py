"""What the rules say of themselves, as tests ask it of all of them."""

from vkd_server.rules import CODES, rule_of

LEVELS = {code: rule_of(code).level for code in CODES}
"""Every diagnostic's level where `vkd.toml` does not change it."""

SAFELY_FIXED = tuple(code for code in CODES if rule_of(code).safe)
"""The diagnostics that have safe fixes."""
