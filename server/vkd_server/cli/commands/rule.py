"""Explain diagnostics: what one means, why it matters, a bad and a good example. Without a code, all in short."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from vkd_catalog.languages import languages
from vkd_server.cli import CallError
from vkd_server.cli.locale import language_of_locale
from vkd_server.cli.streams import print_json
from vkd_server.features.explain.rule_text import explained
from vkd_server.rules import CODES, rule_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd rule` to its parser."""
    parser.add_argument("code", nargs="?", metavar="CODE", help="a code such as VKD101")
    parser.add_argument("--output-format", choices=("text", "json", "markdown"), default="text")
    parser.add_argument(
        "--language", choices=languages(), help="the language of the explanation; else that of the locale"
    )


def run(arguments: Namespace) -> int:
    """Prints the explanation of one diagnostic, or of all."""
    language = arguments.language or language_of_locale()
    code = arguments.code.upper() if arguments.code else None
    if code is not None and code not in CODES:
        raise CallError(f"{arguments.code}: no such diagnostic; vkd rule lists them")
    codes = [code] if code else list(CODES)
    if arguments.output_format == "json":
        _print_json(codes, language)
    elif code or arguments.output_format == "markdown":
        marks = arguments.output_format == "markdown"
        sys.stdout.write("\n".join(explained(one, language, marks=marks) for one in codes))
    else:
        for one in codes:
            print(f"{one} {rule_of(one).level:8}{rule_of(one).title(language)}")
    return 0


def _print_json(codes: list[str], language: str) -> None:
    import json

    rules = []
    for code in codes:
        rule = rule_of(code)
        rules.append(
            {
                "code": code,
                "level": rule.level,
                "title": rule.title(language),
                "reason": rule.reason(language),
                "file": rule.example.file,
                "bad": rule.example.bad,
                "good": rule.example.good,
                "beside": dict(rule.example.beside),
            }
        )
    print_json(json.dumps(rules, ensure_ascii=False, indent=1))
