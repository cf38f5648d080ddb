"""What could not be read and so was not searched: how much, of which products, which files and why."""

from collections.abc import Iterator

from vkd_catalog.files import printable
from vkd_catalog.languages import say
from vkd_catalog.message.matter import Matter


def unread(matter: Matter) -> Iterator[str]:
    """A sentence on files and folders that could not be read, and one on sentences; none where all was read.

    Where the message may be given to anybody, no file is named.
    """
    wording, missed = matter.wording, matter.catalogue.register.missed()
    files = [one for one in missed if one.reason]
    if files:
        said = [f"{printable(one.path)} ({say(f'unread.{one.reason}', matter.answer.language)})" for one in files]
        which = "" if matter.options.public or matter.catalogue.is_public else f": {wording.few(said)}"
        yield f"{wording.count('unread-files', len(files))}{which}."
    sentences = sum(one.sentences for one in missed)
    if sentences:
        named = dict.fromkeys(one.identification for one in missed if one.sentences and one.identification)
        of = wording.say("of-products", products=wording.few(list(named))) if named else ""
        yield f"{wording.count('unread-sentences', sentences)}{of}."
