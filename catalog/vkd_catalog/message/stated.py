"""Parts 2 to 4: the form, where it is, and on what conditions; what is not stated is said to be so."""

import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation.answer import ProductFacts
from vkd_catalog.evaluation.found import Cover
from vkd_catalog.message.matter import Matter
from vkd_catalog.message.message import Address, Block, Heading, Item, Items, Paragraph, Table
from vkd_catalog.message.public import WITHHELD, public_address
from vkd_catalog.message.text import Text
from vkd_catalog.message.wording import Wording

_T = TypeVar("_T")


def form(matter: Matter) -> Iterator[Block]:
    """Part 2: the form the products exist in."""
    if not matter.covers:
        yield _nothing(matter)
        return
    wording = matter.wording
    rows = _together(matter, [(wording.stated(one.form),) for one in _facts(matter)])
    yield Table((wording.say("product"), wording.say("in-form")), tuple((products, *texts) for texts, products in rows))


def where(matter: Matter) -> Iterator[Block]:
    """Part 3: the address in each archive that was asked for."""
    asked = matter.answer.asked
    if not matter.covers:
        yield _nothing(matter)
        return
    if asked != "both":
        yield Paragraph(matter.wording.say(f"only-{asked}"))
    keys = [key for key, archive in (("data", "data"), ("doc", "document")) if asked in (archive, "both")]
    addresses = [_addresses(matter, keys, product) for product in matter.products]
    yield Items(tuple(Item(products, "", below) for below, products in _together(matter, addresses)))


def conditions(matter: Matter) -> Iterator[Block]:
    """Part 4: access, lead time, sensitivity and whom to ask; for joint covers the longest lead time."""
    wording = matter.wording
    if not matter.covers:
        yield _nothing(matter)
        return
    rows = _together(matter, [_conditions(wording, one) for one in _facts(matter)])
    heads = ("product", "access", "lead-time", "sensitive", "contact")
    yield Table(tuple(map(wording.say, heads)), tuple((products, *texts) for texts, products in rows))
    if any(len(cover.candidates) > 1 for cover in matter.covers):
        yield Heading(wording.say("joint-lead-time"))
        yield Items(tuple(_joint_lead_times(matter)))


def access(wording: Wording, facts: ProductFacts) -> str:
    """On what conditions a product can be had."""
    if facts.access is None:
        return wording.stated(None)
    word = wording.say(f"access-{facts.access}")
    more = facts.values["access"].partition(",")[2].strip()
    return f"{word}, {more}" if more else word


def _nothing(matter: Matter) -> Paragraph:
    return Paragraph(matter.wording.say("nothing-run" if matter.answer.status == "invalid" else "nothing-found"))


def _facts(matter: Matter) -> list[ProductFacts]:
    return [matter.answer.products[product] for product in matter.products]


def _together(matter: Matter, said: Sequence[_T]) -> Iterator[tuple[_T, Text]]:
    """What is said of the products, one after the other; those of which the same is said are named together."""
    grouped: dict[_T, list[str]] = {}
    for one, product in zip(said, matter.products, strict=True):
        grouped.setdefault(one, []).append(product)
    for one, products in grouped.items():
        yield one, matter.wording.all_of(matter.named(products))


def _addresses(matter: Matter, keys: Sequence[str], product: str) -> tuple[Item, ...]:
    values = matter.answer.products[product].values
    return tuple(Item(matter.wording.say(key), _address(matter, values.get(key, ""), product)) for key in keys)


def _address(matter: Matter, stated: str, product: str) -> str | Address:
    if not stated:
        return matter.wording.stated(None)
    if matter.options.public or stated == WITHHELD:
        public = public_address(stated, matter.catalogue, product)
        return Address(public, "", public) if public else matter.wording.say("in-the-archive")
    resolved = matter.catalogue.resolve(stated, product)
    meant = resolved.target if resolved.kind == "uri" else _below_root(resolved.target, matter.catalogue)
    link = resolved.target if resolved.target.lower().startswith(("http://", "https://")) else ""
    return Address(stated, "" if meant == stated else meant, link, resolved.target if resolved.kind == "path" else "")


def _below_root(path: str, catalogue: Catalogue) -> str:
    root = os.path.join(os.path.abspath(catalogue.root), "")
    return path.removeprefix(root).replace(os.sep, "/") if path.startswith(root) else path


def _conditions(wording: Wording, facts: ProductFacts) -> tuple[str, ...]:
    return (
        access(wording, facts),
        _days(wording, facts.lead_time),
        wording.say(f"sensitive-{facts.sensitive}"),
        wording.stated(facts.values.get("contact")),
    )


def _days(wording: Wording, days: int | None) -> str:
    return wording.stated(None) if days is None else wording.count("days", days)


def _joint_lead_times(matter: Matter) -> Iterator[Item]:
    """The lead times of the joint covers: one for all that are alike, else one for those that follow each other."""

    def alike(place: int) -> tuple[int, Text]:
        return matter.covers[place].group, _longest(matter, matter.covers[place])

    joint = [place for place, cover in enumerate(matter.covers) if len(cover.candidates) > 1]
    texts = {text for _, text in map(alike, joint)}
    if len(joint) > 1 and len(texts) == 1:
        yield Item(matter.wording.say("all-joint"), texts.pop())
        return
    runs = groupby(enumerate(joint), key=lambda one: (one[1] - one[0], alike(one[1])))
    for (_, (_, text)), run in runs:
        places = [place for _, place in run]
        yield Item(matter.answer_label(places[0], places[-1]), text)


def _longest(matter: Matter, cover: Cover) -> Text:
    """A joint cover's lead time, which can only be a lower bound where one of its products states none."""
    wording = matter.wording
    times = {member: matter.answer.products[member].lead_time for member in cover.members}
    stated = [days for days in times.values() if days is not None]
    silent = [member for member, days in times.items() if days is None]
    if not stated:
        return wording.stated(None)
    days = wording.count("days", max(stated))
    if silent:
        return wording.say("longest-stated", days=days, products=wording.all_of(matter.named(silent)))
    return wording.say("longest", days=days)
