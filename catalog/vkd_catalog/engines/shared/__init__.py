"""The shared register: one that many workspaces keep together on a PostgreSQL server (docs/postgres.md).

`session` holds the connection and a fixed state of the register, `register` asks it, `change` writes, `overlay` lays
files over it that nobody else sees, `layout` makes its tables. `python -m vkd_catalog.engines.shared` prepares one.
Everything here needs psycopg, and is imported when a register is opened.
"""
