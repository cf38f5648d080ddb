"""Why a product is not among the answers to a demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.words import fold
from vkd_server.rules.wording import Texts, quoted

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.evaluation import Answer

_UNKNOWN = Texts(
    "Ingen produktbeskrivelse heter {product}.",
    "Ingen produktbeskrivning heter {product}.",
    "Ingen produktbeskrivelse hedder {product}.",
    "No product description is called {product}.",
)
_AMONG = Texts(
    "{product} er blant svarene: {members} ({grade}).",
    "{product} är bland svaren: {members} ({grade}).",
    "{product} er blandt svarene: {members} ({grade}).",
    "{product} is among the answers: {members} ({grade}).",
)
_INVALID = Texts(
    "Etterspørselen har feil og er ikke kjørt.",
    "Efterfrågan har fel och är inte körd.",
    "Efterspørgslen har fejl og er ikke kørt.",
    "The demand has errors and was not run.",
)
_NOTHING = Texts(
    "Ingen linje i {product} svarer til noe det spørres om, heller ikke nesten.",
    "Ingen rad i {product} svarar mot något som efterfrågas, inte heller nästan.",
    "Ingen linje i {product} svarer til noget, der spørges om, heller ikke næsten.",
    "No line of {product} matches anything that is asked for, not even nearly.",
)
_NEAR = Texts(
    "Linje {line} i etterspørselen mot linje {product_line} i {product}: {kind}.",
    "Rad {line} i efterfrågan mot rad {product_line} i {product}: {kind}.",
    "Linje {line} i efterspørgslen mod linje {product_line} i {product}: {kind}.",
    "Line {line} of the demand against line {product_line} of {product}: {kind}.",
)
_KINDS = {
    "broader-object-type": Texts(
        "objekttypen er videre enn det spørres om",
        "objekttypen är vidare än vad som efterfrågas",
        "objekttypen er bredere end der spørges om",
        "the object type is broader than asked",
    ),
    "broader-name": Texts(
        "navnet er videre enn det spørres om",
        "namnet är vidare än vad som efterfrågas",
        "navnet er bredere end der spørges om",
        "the name is broader than asked",
    ),
    "broader-characteristic": Texts(
        "kjennetegnet er videre enn det spørres om",
        "kännetecknet är vidare än vad som efterfrågas",
        "kendetegnet er bredere end der spørges om",
        "the characteristic is broader than asked",
    ),
    "flow-too-long": Texts(
        "tiden er lengre enn det spørres om, og en strøm kan ikke deles",
        "tiden är längre än vad som efterfrågas, och ett flöde kan inte delas",
        "tiden er længere end der spørges om, og en strøm kan ikke deles",
        "the time is longer than asked, and a flow cannot be split",
    ),
    "marginal-only": Texts(
        "bare en del av krysstabellen finnes",
        "bara en del av korstabellen finns",
        "kun en del af krydstabellen findes",
        "only a margin of the table exists",
    ),
    "unlinkable": Texts(
        "kan ikke kobles til de andre settene",
        "kan inte länkas till de andra uppsättningarna",
        "kan ikke kobles til de andre sæt",
        "cannot be linked to the other sets",
    ),
    "archive": Texts(
        "oppgir ingen adresse i arkivet det spørres om",
        "anger ingen adress i det arkiv som efterfrågas",
        "oplyser ingen adresse i det arkiv, der spørges om",
        "states no address in the archive asked for",
    ),
}


def why(answer: Answer, identification: str, catalogue: Catalogue) -> str:
    """In a sentence or a few, why a product does not answer a demand, or that it does."""
    language = answer.language
    product = quoted(identification, language)
    name = fold(identification)
    if answer.status == "invalid":
        return _INVALID.in_language(language)
    cover = next((one for one in answer.covers if name in map(fold, one.members)), None)
    if cover is not None:
        members = ", ".join(cover.members)
        return _AMONG.in_language(language).format(product=product, members=members, grade=cover.grade)
    misses = [miss for miss in answer.near_misses if fold(miss.product) == name]
    if misses:
        text = _NEAR.in_language(language)
        return "\n".join(
            text.format(
                line=miss.line,
                product_line=miss.product_line,
                product=product,
                kind=_KINDS[miss.kind].in_language(language),
            )
            for miss in misses
        )
    known = catalogue.places_of(identification)
    return (_NOTHING if known else _UNKNOWN).in_language(language).format(product=product)
