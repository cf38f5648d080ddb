"""Opens the catalogue that a command works on."""

from collections.abc import Iterable, Sequence

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import Configuration
from vkd_catalog.register import Trouble
from vkd_grammar.parser import Parser
from vkd_server.cli.streams import print_line
from vkd_server.cli.terminal import with_progress


def catalogue_of(configuration: Configuration, parser: Parser | None = None, language: str | None = None) -> Catalogue:
    """A catalogue. What is wrong with its stored register is printed on standard error, in `language` or the
    catalogue's, and so is progress on a terminal when reading takes long."""

    def tell(trouble: Trouble) -> None:
        from vkd_server.features.explain.register_trouble import trouble_text

        print_line(f"vkd: {trouble_text(trouble, language or configuration.language)}", error=True)

    def follow(paths: Sequence[str]) -> Iterable[str]:
        return with_progress(paths, len(paths))

    return Catalogue(configuration, parser, tell=tell, follow=follow)
