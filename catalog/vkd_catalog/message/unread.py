"""What could not be read and so was not searched: how much, of which products, which files and why."""

from collections.abc import Iterator

from vkd_catalog.files import printable
from vkd_catalog.languages import say
from vkd_catalog.message.matter import Matter
from vkd_catalog.message.text import Reference, Text, phrase, to_product
from vkd_catalog.register import Missed


def unread(matter: Matter) -> Iterator[Text]:
    """A sentence on files and folders that could not be read, and one on sentences; none where all was read.

    Where the message may be given to anybody, no file is named.
    """
    wording, missed = matter.wording, matter.catalogue.register.missed()
    files = [one for one in missed if one.reason]
    if files:
        is_secret = matter.options.public or matter.catalogue.is_public
        which = () if is_secret else (": ", wording.few([_file(one, matter.answer.language) for one in files]))
        yield phrase(wording.count("unread-files", len(files)), *which, ".")
    sentences = sum(one.sentences for one in missed)
    if sentences:
        named = dict.fromkeys(one.identification for one in missed if one.sentences and one.identification)
        of = wording.say("of-products", products=wording.few([*map(to_product, named)])) if named else ""
        yield phrase(wording.count("unread-sentences", sentences), of, ".")


def _file(missed: Missed, language: str) -> Text:
    """A file or folder, and why it could not be read."""
    return phrase(
        Reference(printable(missed.path), "file", missed.path), f" ({say(f'unread.{missed.reason}', language)})"
    )
