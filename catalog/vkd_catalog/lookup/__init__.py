"""Look-up by free words (docs/language.md section 10): the concepts and information sets that somebody may mean by
them.

`terms` makes of a text the forms that are compared, `documents` lists the texts each concept and product can be found
by, `index` keeps these in SQLite, `indexes` the two indexes of a catalogue, `matching` says how a document matches, and
`lookup` tries the ways of matching, from the strictest to the least strict.
"""

from vkd_catalog.lookup.documents import KINDS, Kind
from vkd_catalog.lookup.indexes import Indexes
from vkd_catalog.lookup.lookup import LIMIT, Found, Hit, Lookup
from vkd_catalog.lookup.matching import HOW, How

__all__ = ["HOW", "KINDS", "LIMIT", "Found", "Hit", "How", "Indexes", "Kind", "Lookup"]
