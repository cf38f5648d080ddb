"""A register in one file, with its vocabularies, to hand out: written once, named by its content and never changed.

`seal` says how one knows that a file is whole; `write` makes one, `read` opens one. It holds the embedded engine's
database, so what is found in it is found by the same questions.
"""

from vkd_catalog.engines.built.about import About
from vkd_catalog.engines.built.read import Built, look_into, open_built
from vkd_catalog.engines.built.seal import FileProblem, Sealed
from vkd_catalog.engines.built.write import write_built

__all__ = ["About", "Built", "FileProblem", "Sealed", "look_into", "open_built", "write_built"]
