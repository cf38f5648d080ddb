"""What changed in meaning between two states of a catalogue, as two revisions in git hold it.

What is compared are meanings: sentences as codes and days, conditions as what they say, concepts by what they are, and
the answers to the demands that are stored beside them. Reordering, synonyms, dittos, comments, another file and another
layout are no change. What a vocabulary that cannot be read leaves without a code is compared by its words.
"""

from vkd_server.features.difference.changes import DemandChange, Difference
from vkd_server.features.difference.difference import difference

__all__ = ["DemandChange", "Difference", "difference"]
