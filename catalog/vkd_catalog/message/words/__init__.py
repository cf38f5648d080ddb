"""The words a reference message is made of, in the four languages it can be given in.

A name that ends in `-one` has a twin in `-many`; a text's `{places}` are the same in all languages.
"""

from vkd_catalog.languages import Texts
from vkd_catalog.message.words.exists import EXISTS
from vkd_catalog.message.words.head import HEAD
from vkd_catalog.message.words.not_more import NOT_MORE
from vkd_catalog.message.words.stated import STATED

WORDS: dict[str, Texts] = {**HEAD, **EXISTS, **STATED, **NOT_MORE}

__all__ = ["WORDS"]
