"""Prepares a shared register on a PostgreSQL server (docs/postgres.md).

    python -m vkd_catalog.engines.shared prepare [--service NAME | --url URL]
    python -m vkd_catalog.engines.shared allow ROLE WORKSPACE [--service NAME | --url URL]

`prepare` makes the tables or brings them up to date, and the roles SCHEMA_reader, SCHEMA_writer and SCHEMA_public.
`allow` lets a role register files of a workspace. Without a service or URL, libpq's environment says where.
"""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter

from vkd_catalog.engines import Place, RegisterError


def main() -> int:
    """Carries out one call. Returns the exit code: 2 where it could not be, with one line on standard error."""
    arguments = _read()
    place = Place(arguments.service, arguments.url, schema=arguments.schema)
    try:
        print(arguments.do(place, arguments))
    except RegisterError as error:
        print(error.text("en"), file=sys.stderr)
        return 2
    return 0


def _read() -> Namespace:
    parser = ArgumentParser("python -m vkd_catalog.engines.shared", description=__doc__)
    parser.formatter_class = RawDescriptionHelpFormatter
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    prepare = commands.add_parser("prepare", help="make the tables and roles, or bring them up to date")
    prepare.set_defaults(do=_prepare)
    allow = commands.add_parser("allow", help="let a role register files of a workspace")
    allow.set_defaults(do=_allow)
    allow.add_argument("role")
    allow.add_argument("workspace", help="what the catalogue is called")
    for command in (prepare, allow):
        where = command.add_mutually_exclusive_group()
        where.add_argument("--service", default="", help="a connection service")
        where.add_argument("--url", default="", help="postgresql://…")
        command.add_argument("--schema", default=Place().schema, help="where the tables are")
    return parser.parse_args()


def _prepare(place: Place, _arguments: Namespace) -> str:
    from vkd_catalog.engines.shared.setting_up import prepare

    made = prepare(place)
    return f"{place.address}: {', '.join(made) if made else 'up to date'}"


def _allow(place: Place, arguments: Namespace) -> str:
    from vkd_catalog.engines.shared.setting_up import allow

    allow(place, arguments.role, arguments.workspace)
    return f"{place.address}: {arguments.role} may register files of {arguments.workspace}"


if __name__ == "__main__":
    sys.exit(main())
