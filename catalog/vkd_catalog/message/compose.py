"""From an answer to its reference message: five parts, always all five, in this order (1972 p.16-17)."""

from collections.abc import Iterator, Sequence

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation.answer import Answer
from vkd_catalog.evaluation.demand import groups_of
from vkd_catalog.message.about import about
from vkd_catalog.message.exists import exists
from vkd_catalog.message.lead import lead
from vkd_catalog.message.matter import Finding, Matter, MessageOptions, sentences_in
from vkd_catalog.message.message import Message, Part
from vkd_catalog.message.not_more import not_more, not_more_key
from vkd_catalog.message.stated import conditions, form, where
from vkd_catalog.message.text import Reference, Text, joined
from vkd_catalog.message.unread import unread
from vkd_catalog.message.wording import Wording
from vkd_grammar.syntax import NAME


def message_of(
    demand: CodedDescription,
    answer: Answer,
    catalogue: Catalogue,
    options: MessageOptions = MessageOptions(),
    findings: Sequence[Finding] = (),
) -> Message:
    """The message that tells the one who asked what was found, in the answer's language.

    `findings` is what is wrong with a demand that cannot be run.
    """
    matter = Matter(
        answer,
        groups_of(demand, catalogue.vocabularies) if answer.status != "invalid" else (),
        answer.covers[: options.limit],
        tuple(findings),
        catalogue,
        Wording(answer.language, catalogue.vocabularies, _names_written(demand)),
        options,
        sentences_in(catalogue.register),
    )
    say = matter.wording.say
    return Message(
        say("title", who=answer.id) if answer.id else say("title-to-nobody"),
        tuple(lead(matter)),
        (_place(matter), _searched(matter)),
        (
            Part(1, say("exists"), tuple(exists(matter))),
            Part(2, say("form"), tuple(form(matter))),
            Part(3, say("where"), tuple(where(matter))),
            Part(4, say("conditions"), (*conditions(matter), *about(matter))),
            Part(5, say(not_more_key(matter)), tuple(not_more(matter))),
        ),
    )


def _names_written(demand: CodedDescription) -> Iterator[str]:
    """The words in the demand's name fields, as its author wrote them."""
    return (coded.sentence.fields[NAME].word for coded in demand.sentences)


def _place(matter: Matter) -> Reference:
    path, line = matter.answer.path, matter.answer.line
    return Reference(matter.wording.say("place", path=path, line=line), "demand", path, line)


def _searched(matter: Matter) -> Text:
    catalogue, wording = matter.catalogue, matter.wording
    name = wording.say("catalogue", name=catalogue.configuration.name, revision=catalogue.revision)
    searched = "not-searched" if matter.answer.status == "invalid" else "searched"
    return joined(" ", (name, wording.count(searched, catalogue.register.size()[0]), *unread(matter)))
