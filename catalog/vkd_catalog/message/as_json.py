"""The answer as plain data, with the keys of docs/language.md section 10."""

from collections.abc import Iterable, Mapping, Sequence

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation.answer import Answer, NearMiss, ProductFacts, Why
from vkd_catalog.evaluation.found import Cover, Linkage, Match
from vkd_catalog.message.public import WITHHELD, public_address
from vkd_catalog.message.reasons import linkage_reason
from vkd_catalog.technical import title_in
from vkd_grammar.technical import ADDRESS_KEYS, KEYS

VERSION = 1

Json = dict[str, object]

_INTERNAL = frozenset(key.name for key in KEYS if key.internal)


def run_as_json(catalogue: Catalogue, demands: Sequence[Json]) -> Json:
    """What `vkd run --output-format json` prints: the catalogue searched, and the demands' answers."""
    return {"version": VERSION, "catalogue": catalogue_as_json(catalogue), "demands": list(demands)}


def catalogue_as_json(catalogue: Catalogue) -> Json:
    """The catalogue's name, its revision, and how many product descriptions were searched."""
    return {
        "name": catalogue.configuration.name,
        "revision": catalogue.revision,
        "products": catalogue.register.size()[0],
    }


def answer_as_json(
    answer: Answer,
    diagnostics: Sequence[Json] | None = None,
    public_in: Catalogue | None = None,
    covers: Iterable[Cover] | None = None,
    products: Mapping[str, ProductFacts] | None = None,
) -> Json:
    """One demand's answer; `diagnostics` is what `check` says of one that is invalid.

    `covers` and `products` are those that are told, all of them without it. Where nothing was found, `to_observe` are
    the lines that nothing in the catalogue answers.

    With `public_in`, the catalogue it is an answer of, nothing is told that is internal: an address that cannot be
    opened from outside is null, and its key stands in the product's `withheld`.
    """
    entry: Json = {
        "id": answer.id,
        "path": answer.path,
        "line": answer.line,
        "status": answer.status,
        "covers": [cover_as_json(cover, answer.language) for cover in (answer.covers if covers is None else covers)],
        "near_misses": [_near_miss(miss) for miss in answer.near_misses],
        "why": _why(answer.why) if answer.why else None,
        "products": facts_as_json(answer.products if products is None else products, answer.language, public_in),
    }
    # What could not be read may hold it.
    if answer.why and answer.to_observe and not any(answer.why.unread):
        entry["to_observe"] = list(answer.to_observe)
    if diagnostics is not None:
        entry["diagnostics"] = list(diagnostics)
    return entry


def facts_as_json(products: Mapping[str, ProductFacts], language: str, public_in: Catalogue | None) -> Json:
    """What some products state, by identification; with `public_in` nothing that is internal."""
    return {name: _facts(name, facts, language, public_in) for name, facts in products.items()}


def cover_as_json(cover: Cover, language: str) -> Json:
    """One cover, its linkage reasoned in a language."""
    return {
        "group": cover.group,
        "grade": cover.grade,
        "grades": {str(line): grade for line, grade in cover.grades.items()},
        "lacks": {str(line): list(periods) for line, periods in cover.lacks.items()},
        "candidates": [{"collection": one.collection, "products": list(one.products)} for one in cover.candidates],
        "members": list(cover.members),
        "lines": {str(line): [_match(match) for match in matches] for line, matches in cover.lines.items()},
        "linkage": [_linkage(pair, language) for pair in cover.linkage],
    }


def _match(match: Match) -> Json:
    entry: Json = {"product": match.product, "line": match.line, "grade": match.grade}
    if match.sense:
        entry["sense"] = match.sense
    if match.population:
        entry["population"] = list(match.population)
    return entry


def _linkage(pair: Linkage, language: str) -> Json:
    across: Json = {"across": True} if pair.across else {}
    return {
        "a": pair.a,
        "b": pair.b,
        "verdict": pair.verdict,
        "rules": dict(pair.rules),
        "reason": linkage_reason(pair, language),
    } | across


def _near_miss(miss: NearMiss) -> Json:
    entry: Json = {
        "group": miss.group,
        "line": miss.line,
        "product": miss.product,
        "product_line": miss.product_line,
        "kind": miss.kind,
    }
    if miss.beside is not None:
        entry |= {"with": miss.beside, "rules": list(miss.rules)}
    return entry


def _why(why: Why) -> Json:
    return {
        "failing": list(why.failing),
        "succeeding": [list(lines) for lines in why.succeeding],
        "relaxations": [relaxation._asdict() for relaxation in why.relaxations],
        "unread": why.unread._asdict(),
        "limit": why.limit,
    }


def _facts(name: str, facts: ProductFacts, language: str, public_in: Catalogue | None) -> Json:
    stated: Json = {
        "title": title_in(facts.values, language) or None,
        "collection": facts.values.get("collection"),
        "data": facts.data,
        "doc": facts.doc,
        "form": facts.form,
        "access": facts.access,
        "lead_time": facts.lead_time,
        "sensitive": facts.sensitive,
        "stated": dict(facts.values),
    }
    if public_in is None:
        return stated | _withheld(facts)
    addresses = {key: _public(facts.values.get(key), public_in, name) for key in ADDRESS_KEYS}
    told = {key: text for key, text in facts.values.items() if key not in (*addresses, *_INTERNAL)}
    told |= {key: address for key, address in addresses.items() if address}
    withheld = [key for key, address in addresses.items() if facts.values.get(key) and not address]
    return stated | {"data": addresses["data"], "doc": addresses["doc"], "stated": told, "withheld": withheld}


def _withheld(facts: ProductFacts) -> Json:
    """What is said otherwise of a product that was handed out without its addresses."""
    hidden = [key for key in ADDRESS_KEYS if facts.values.get(key) == WITHHELD]
    if not hidden:
        return {}
    told = {key: text for key, text in facts.values.items() if key not in hidden}
    return {**dict.fromkeys(hidden), "stated": told, "withheld": hidden}


def _public(address: str | None, catalogue: Catalogue, product: str) -> str | None:
    return public_address(address, catalogue, product) if address else None
