"""The files that a book is made with: its style, its script, its template for print."""

from importlib.resources import files


def asset(name: str) -> str:
    """The text of one of them."""
    return files("vkd_server.book").joinpath("assets", name).read_text(encoding="utf-8")
