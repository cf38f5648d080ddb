"""A documentation in words: what a product's `doc` leads to."""

from vkd_catalog.documents import PARTS, Documentation, part_names
from vkd_catalog.languages import say
from vkd_catalog.message.as_markdown import escaped


def documentation_text(documentation: Documentation, language: str) -> str:
    """A documentation explained as Markdown: its title, how many of the parts it has, and which it lacks."""
    number = say("documentation.parts", language, count=len(documentation.parts), total=len(PARTS))
    lines = [f"**{escaped(documentation.name)}**", number]
    if documentation.lacking:
        names = ", ".join(part_names(part, language)[0] for part in documentation.lacking)
        lines.append(say("documentation.lacking", language, parts=names))
    return "\n\n".join(lines)
