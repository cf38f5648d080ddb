"""Look-up by free words (docs/language.md section 10): what a catalogue has that somebody may mean by them.

`terms` makes of a text what is compared, `documents` says what each concept and product can be found by, `index` keeps
that in SQLite, `indexes` the two of a catalogue, `matching` says how a document matches, and `lookup` finds: from the
strictest way to the least strict.
"""

from vkd_catalog.lookup.documents import KINDS, Kind
from vkd_catalog.lookup.indexes import Indexes
from vkd_catalog.lookup.lookup import LIMIT, Found, Hit, Lookup
from vkd_catalog.lookup.matching import HOW, How

__all__ = ["HOW", "KINDS", "LIMIT", "Found", "Hit", "How", "Indexes", "Kind", "Lookup"]
