"""Small catalogues and demands as the text that vkd reads, every word in one of the spellings it may have."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from tests.catalog.meanings import ANY, Catalogue, Product, Spec, Vocabulary

TIMES = {"19601101": ("T1", "19601101", "19601101"), "1960..1969": ("T2", "19600101", "19691231")}
"""The times that the vocabulary has words for: code, first and last day."""

_LANGUAGES = ("nb", "en", "sv")
_TABLES = ("object-types", "names", "characteristics")


def words_of(vocabulary: str, code: str) -> list[str]:
    """The words of a concept: preferred in three languages, synonyms, notation."""
    if vocabulary == "times":
        return [f"Året {code}", f"Year {code}"]
    stem = {"object-types": "Å", "names": "Navn é", "characteristics": "Egenskap ö"}[vocabulary]
    return [f"{stem} {code} {word}" for word in (*_LANGUAGES, "og", "a/b", "no-1")]


def write_catalogue(catalogue: Catalogue, root: Path, random: Random) -> None:
    """The catalogue's files below a folder: vkd.toml, four vocabularies, products spread over some files."""
    (root / "vkd.toml").write_text(
        '[catalogue]\nname = "t"\n[vocabularies]\n'
        + "".join(f'{name} = ["{name}.csv"]\n' for name in (*_TABLES, "times"))
        + '[products]\ninclude = ["products/*.vkd"]\n',
        encoding="utf-8",
    )
    for name, vocabulary in zip(
        _TABLES, (catalogue.object_types, catalogue.names, catalogue.characteristics), strict=True
    ):
        (root / f"{name}.csv").write_text(vocabulary_text(name, vocabulary), encoding="utf-8")
    rows = [",".join((code, *words_of("times", code), *stretch)) for code, *stretch in TIMES.values()]
    (root / "times.csv").write_text("\n".join(["code,prefLabel@nb,altLabel@en,from,to", *rows]), encoding="utf-8")
    write_products(catalogue.products, root, random)


def write_products(products: Sequence[Product], root: Path, random: Random) -> None:
    folder = root / "products"
    folder.mkdir(exist_ok=True)
    files: dict[str, list[str]] = {}
    for product in products:
        files.setdefault(random.choice("abc"), []).append(product_text(product, random))
    for name, texts in files.items():
        (folder / f"{name}.vkd").write_text("\n".join(texts), encoding="utf-8")


def vocabulary_text(name: str, vocabulary: Vocabulary, *, labels: bool = True) -> str:
    """A vocabulary as its CSV file says it; without its words, to be looked at."""
    own = {
        "object-types": ("kind", "number", "unit"),
        "names": ("kind", "objectTypes"),
        "characteristics": ("kind", "objectTypes", "temporality", "classification", "derivedFrom", "sensitive"),
    }[name]
    worded = [*(f"prefLabel@{language}" for language in _LANGUAGES), "altLabel@nb", "notation"] if labels else []
    rows = [",".join(("code", *worded, "seeAlso", *own))]
    for entry in vocabulary.values():
        *preferred, first, second, notation = words_of(name, entry.code)
        words = (*preferred, f"{first}|{second}", notation) if labels else ()
        lists = {
            "objectTypes": "|".join(entry.object_types),
            "derivedFrom": "|".join("+".join(parts) for parts in entry.derived_from),
        }
        cells = [lists[column] if column in lists else getattr(entry, column) for column in own]
        rows.append(",".join((entry.code, *words, "|".join(entry.see_also), *cells)))
    return "\n".join(rows) + "\n"


def product_text(product: Product, random: Random | None) -> str:
    """A product description."""
    technical = {
        "data": product.data,
        "doc": product.doc,
        "access": product.access,
        "unit-id": ", ".join(_word("characteristics", code, random) for code in product.unit_id),
        "series": product.series,
    }
    stated_keys = [
        f"{key}={value.replace('/', chr(92) + '/') if key == 'unit-id' else value}"
        for key, value in technical.items()
        if value
    ]
    header = f"0 / Produktbeskrivelse / {product.identification} / {'; '.join(stated_keys)}"
    return "\n".join([header, *_lines(product.sentences, "O" * (len(product.sentences) - 1) + ".", random), ""])


def demand_text(lines: Sequence[Spec], operators: str, archive: str, random: Random | None) -> str:
    """A demand description."""
    header = f"0 / Etterspørselsbeskrivelse / bruker / archive={archive}"
    return "\n".join([header, *_lines(lines, operators, random), ""])


def _lines(specs: Sequence[Spec], operators: str, random: Random | None) -> Iterator[str]:
    above: Spec | None = None
    for number, (spec, operator) in enumerate(zip(specs, operators, strict=True), start=1):
        fields = [
            '"' if above is not None and above[place] == spec[place] and _happens(random, 0.7) else write(spec[place])
            for place, write in enumerate(_writers(random))
        ]
        yield " / ".join((str(number), *fields, operator))
        above = spec


def _writers(random: Random | None) -> tuple[Callable[[str], str], ...]:
    concepts = [lambda code, name=name: field_text(name, code, random) for name in _TABLES]
    return (*concepts, lambda time: time_text(time, random))


def field_text(vocabulary: str, code: str, random: Random | None) -> str:
    """A field that means a code: one of its words, in some spelling, or the code, or both."""
    if code == ANY:
        return "-"
    if random is None:
        return code[1:] if code.startswith("=") else f"[{code}]"
    if code.startswith("="):
        return random.choice((code[1:], code[1:].upper()))
    word = _word(vocabulary, code, random).replace("/", "\\/")
    return random.choice((word, word, f"[{code}]", f"[ {code} ]", f"{word} [{code}]"))


def _word(vocabulary: str, code: str, random: Random | None) -> str:
    if random is None:
        return f"[{code}]"
    word = random.choice(words_of(vocabulary, code))
    spelling = random.choice((str, str.upper, str.lower, _with_blanks, lambda text: unicodedata.normalize("NFD", text)))
    return spelling(word)


def _with_blanks(text: str) -> str:
    return text.replace(" ", "  ")


def time_text(time: str, random: Random | None) -> str:
    if time == ANY:
        return "-"
    if time in TIMES and _happens(random, 0.5):
        return field_text("times", TIMES[time][0], random)
    return time.replace("K", "Q") if _happens(random, 0.2) else time


def _happens(random: Random | None, share: float) -> bool:
    return random is not None and random.random() < share
