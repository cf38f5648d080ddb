"""Prepares a shared register on a PostgreSQL server (docs/postgres.md).

    python -m vkd_catalog.engines.shared prepare [--service NAME | --url URL]
    python -m vkd_catalog.engines.shared allow ROLE WORKSPACE [--service NAME | --url URL]
    python -m vkd_catalog.engines.shared spread NODE... [--service NAME | --url URL]
    python -m vkd_catalog.engines.shared sweep [--service NAME | --url URL]

`prepare` makes the tables or brings them up to date, and the roles SCHEMA_reader, SCHEMA_writer and SCHEMA_public.
`allow` lets a role register files of a workspace. `spread` has the sentences of an empty register lie on several
servers, each told as "host=… dbname=… user=…"; `sweep` takes away there what is no longer of account. Without a
service or URL, libpq's environment says where.
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
    spread = commands.add_parser("spread", help="have the sentences lie on several servers")
    spread.set_defaults(do=_spread)
    spread.add_argument("nodes", nargs="+", metavar="NODE", help="host=… port=… dbname=… user=…")
    sweep = commands.add_parser("sweep", help="take away sentences of products that are no longer there")
    sweep.set_defaults(do=_sweep)
    for command in (prepare, allow, spread, sweep):
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


def _spread(place: Place, arguments: Namespace) -> str:
    from vkd_catalog.engines.shared.setting_up import spread

    spread(place, arguments.nodes)
    return f"{place.address}: sentences lie on {len(arguments.nodes)} servers"


def _sweep(place: Place, _arguments: Namespace) -> str:
    from vkd_catalog.engines.shared.setting_up import sweep

    return f"{place.address}: {sweep(place)} sentences swept"


if __name__ == "__main__":
    sys.exit(main())
