"""Vocabularies as tables of a database, of which a concept is read when somebody asks for it.

`tables` is how they are written, `concepts` reads them, and `vocabulary` keeps those of a workspace in its `.vkd/`.
Register files (`engines/built`) hold the same tables.
"""
