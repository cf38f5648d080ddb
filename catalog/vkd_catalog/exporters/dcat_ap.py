"""Products as a data catalogue reads them: DCAT-AP 3 in Turtle (SEMIC, DCAT-AP 3.0.0)."""

from collections.abc import Iterator

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.exporters.dcat import Dcat, head
from vkd_catalog.exporters.exporter import ExportedFile, Exporter, Stated
from vkd_catalog.exporters.sets import sets_of
from vkd_catalog.exporters.turtle import Writer


def _files(catalogue: Catalogue, stated: Stated) -> Iterator[ExportedFile]:
    if catalogue.register.size()[0]:
        yield ExportedFile("dcat-ap.ttl", lambda: _parts(catalogue, stated))


def _parts(catalogue: Catalogue, stated: Stated) -> Iterator[str]:
    dcat, writer = Dcat(catalogue, stated), Writer()
    yield head()
    sets = [product.identification for _, product in catalogue.register.products()]
    yield from writer.statements(dcat.catalogue(sets))
    for one in sets_of(catalogue):
        yield from writer.statements(dcat.dataset(one))


EXPORTER = Exporter("dcat-ap", "products as DCAT-AP 3 in Turtle, for data portals", _files)
