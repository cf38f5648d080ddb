"""The catalogue as a page shows it beside a demand: vocabularies as trees, registers, products, and a search over all.

Each question has a name, texts for parameters, and an answer in JSON. Everything is said in the language of the page.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from threading import Lock, Thread

from vkd_catalog.coding import UNIT
from vkd_catalog.configuration import Configuration, ConfigurationError, read_configuration
from vkd_catalog.files import FileReader
from vkd_catalog.folders import product_files
from vkd_catalog.languages import is_language, languages, load
from vkd_catalog.lookup import KINDS, Kind
from vkd_catalog.message.wording import Wording
from vkd_catalog.register import ProductRecord, SentenceRecord, Shelf
from vkd_catalog.suggest import loose
from vkd_catalog.technical import key_label, title_in
from vkd_catalog.vocabulary import Concept, Vocabulary
from vkd_grammar.parser import Parser
from vkd_grammar.technical import ADDRESS_KEYS, KEYS, access_of
from vkd_grammar.words import fold
from vkd_server.features.answers.asking import demand_header, fields_for_concept, fields_for_sentence
from vkd_server.features.completion.items import word_in_field
from vkd_server.features.explain.collections import collection_of, editions_of, time_of
from vkd_server.features.explain.concept_facts import Facts
from vkd_server.features.explain.concepts import asking_for
from vkd_server.features.explain.rule_text import rule_text
from vkd_server.features.lexicon import Lexicon
from vkd_server.web.example import example_demand
from vkd_server.web.stored import StoredDemands
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.pending import Make
from vkd_server.workspace.project import Project

Json = dict[str, object]
Parameters = Mapping[str, str]

_MOST = 200
"""How many entries a list holds, of which a page can ask for more, or says that there are."""

_COUNTED = 10_000
"""So far products are counted that speak of a concept."""

_ALL = 20_000
"""How many entries a list holds that a page keeps as a whole."""

_FOUND = 12
"""How many concepts of each vocabulary a search shows."""

_LOOKED_AT = 10 * _FOUND
"""Of so many hits those are taken."""

_PATIENCE = 1.0
"""Seconds that are waited for what finds by free words before the page can be opened."""

_PLACE = re.compile("[0-9]{1,9}")
"""A place in a list: no list is longer."""


class Browse:
    """Answers questions about one catalogue, for every page. Each is about the catalogue as it was when it was asked,
    and waits for no other."""

    def __init__(self, configuration: Configuration, make: Make) -> None:
        self._configuration = configuration
        self._make = make
        self._parser = Parser()
        self._stored = StoredDemands(self._parser)
        self._lock, self._parsing = Lock(), Lock()
        self._shown = self._read()

    def prepare(self) -> None:
        """Does now what the first pages would wait for, each of them: registers the products. What finds by free words
        is made beside what is asked; of a small catalogue it is there then."""
        with self._held() as shown:
            shown.catalogue.register.size()
        ahead = Thread(target=self._look_ahead, name="vkd-look-up", daemon=True)
        ahead.start()
        ahead.join(_PATIENCE)

    def ask(self, question: str, parameters: Parameters) -> object | None:
        """The answer to a question; None where there is no such question, or nothing of that name.

        A page asks for the overview first, and so sees what has changed on the disk.
        """
        answer = _QUESTIONS.get(question)
        if answer is None:
            return None
        with self._held(anew=answer is Shown.overview) as shown:
            return answer(shown, shown.in_a_language(parameters))

    def _look_ahead(self) -> None:
        """Makes what free words are looked up in. Where that goes wrong, whoever asks is told."""
        with suppress(Exception), self._held() as shown:
            shown.catalogue.lookup.prepare()

    @contextmanager
    def _held(self, *, anew: bool = False) -> Iterator["Shown"]:
        """The catalogue, whose register stays open meanwhile; `anew` if it is to be as its files are now."""
        with self._lock:
            if anew and self._stamp() != self._stamped:
                self._shown.catalogue.close()
                self._shown = self._read()
            shown = self._shown
            lease = shown.catalogue.lease.held()
        try:
            yield shown
        finally:
            lease.let_go()

    def _read(self) -> "Shown":
        """Reads the catalogue; a `vkd.toml` that can no longer be read leaves the settings as they were."""
        if self._configuration.file is not None:
            with suppress(ConfigurationError):
                self._configuration = read_configuration(self._configuration.file)
        self._stamped = self._stamp()
        return Shown(self._make(self._configuration, self._parser), self._parser, self._stored, self._parsing)

    def _stamp(self) -> frozenset[tuple[str, str | None]]:
        """What changes when a file of the catalogue does."""
        configuration = self._configuration
        reader = FileReader(configuration.root)
        settings = [configuration.file.name] if configuration.file else []
        named = configuration.vocabulary_paths
        return frozenset(
            (path, reader.signature(path)) for path in [*settings, *named, *product_files(configuration).paths]
        )


class Shown:
    """The questions, about the catalogue as it was read once. Nothing of it changes, so that several can be answered at
    the same time; only what has a text parsed is done one after the other, by who holds the lock `parsing`."""

    def __init__(self, catalogue: BackgroundCatalogue, parser: Parser, stored: StoredDemands, parsing: Lock) -> None:
        self.catalogue = catalogue
        self._parser = parser
        self._stored = stored
        self._parsing = parsing

    def in_a_language(self, parameters: Parameters) -> Parameters:
        """The parameters of a question, which is asked in the catalogue's language where a page names none that is."""
        language = parameters.get("language", "")
        return {**parameters, "language": language if is_language(str(language)) else self.catalogue.language}

    def languages(self, _parameters: Parameters) -> Json:
        """Every language by its tag: what it is called in itself, and what the page says in it."""
        return {tag: {"name": load(tag).name, "texts": dict(_page_texts(tag))} for tag in languages()}

    def overview(self, _parameters: Parameters) -> Json:
        """The catalogue's name and contents."""
        catalogue = self.catalogue
        return {
            "name": catalogue.configuration.name,
            "language": catalogue.language,
            "public": catalogue.is_public,
            "revision": catalogue.revision,
            "products": catalogue.register.size()[0],
            "registers": len(catalogue.vocabularies.names.of_kind("register")),
            "vocabularies": {vocabulary.name: len(vocabulary.concepts) for vocabulary in catalogue.vocabularies.four},
        }

    def example(self, parameters: Parameters) -> Json:
        """A demand to begin with, made of what a product says."""
        with self._parsing:
            return {"text": example_demand(self.catalogue, parameters.get("language", ""), self._parser)}

    def demands(self, _parameters: Parameters) -> list[Json]:
        """The demands and interest profiles in the catalogue's folder; who asks for what is not told to the public."""
        if self.catalogue.is_public:
            return []
        project = Project(self.catalogue, Lexicon(self.catalogue.vocabularies), None)
        with self._parsing:
            return [one._asdict() for one in islice(self._stored.of(project), _ALL)]

    def rule(self, parameters: Parameters) -> Json:
        """What a diagnostic means, as Markdown."""
        return {"markdown": rule_text(parameters.get("code", ""), parameters.get("language", ""))}

    def tree(self, parameters: Parameters) -> Json | None:
        """The concepts right below one, or the top ones of a vocabulary: some of them, from a place on, and how many
        there are."""
        vocabulary, language = self._vocabulary(parameters), parameters.get("language", "")
        first = parameters.get("first", "0")
        if vocabulary is None or not _PLACE.fullmatch(first):
            return None
        below = list(vocabulary.below(parameters.get("below", "")))
        shown = below[int(first) : int(first) + _MOST]
        return {
            "concepts": [{**_named(one, language), "more": vocabulary.count_below(one.code) > 0} for one in shown],
            "count": len(below),
        }

    def concept(self, parameters: Parameters) -> Json | None:
        """One concept: where it stands, what else it is called, what it means, what its row states, and the products
        that speak of it."""
        vocabulary, language = self._vocabulary(parameters), parameters.get("language", "")
        concept = vocabulary.coded(parameters.get("code", "")) if vocabulary else None
        if vocabulary is None or concept is None:
            return None
        label = concept.label(language)
        facts = Facts(self.catalogue.vocabularies, language, language)
        asking, register = asking_for(concept, vocabulary.name), self.catalogue.register
        return {
            **_named(concept, language),
            "vocabulary": vocabulary.name,
            "insert": word_in_field(vocabulary, label, concept.code),
            "above": [_named(one, language) for one in reversed(list(vocabulary.above(concept.code)))],
            "below": [_named(one, language) for one in islice(vocabulary.below(concept.code), _MOST)],
            "synonyms": [word for word in dict.fromkeys(concept.words()) if word != label],
            "definition": concept.definition(language),
            "facts": [fact._asdict() for fact in facts.of(concept, vocabulary)],
            "products": [_titled(product, language) for _, product in register.answering(asking, _MOST)],
            "count": register.how_many(asking, _COUNTED),
            "counted": _COUNTED,
        }

    def registers(self, parameters: Parameters) -> list[Json]:
        """The registers among the names."""
        language = parameters.get("language", "")
        found = [_named(concept, language) for concept in self._registers()]
        return sorted(found, key=lambda one: loose(str(one["label"])))[:_ALL]

    def products(self, parameters: Parameters) -> Json | None:
        """What there is to open, in the order of names: collections, each with the number of its editions, and the
        products that are of none, with 0. Some of them, from a place on, and how many there are."""
        language, first = parameters.get("language", ""), parameters.get("first", "0")
        if not _PLACE.fullmatch(first):
            return None
        register = self.catalogue.register
        return {
            "entries": [_on_shelf(one, language) for one in register.shelves(int(first), _MOST)],
            "count": register.shelved(),
        }

    def collection(self, parameters: Parameters) -> Json | None:
        """One collection: its editions, the latest first, each with the time that its sentences span."""
        language, name = parameters.get("language", ""), parameters.get("id", "")
        editions = editions_of(name, self.catalogue.register)
        if not editions:
            return None
        wording = self._wording(language)
        return {
            **_collected(editions[0].product, language),
            "editions": [
                {**_titled(one.product, language), "time": time_of(one.sentences, wording)} for one in editions[:_ALL]
            ],
        }

    def line(self, parameters: Parameters) -> Json | None:
        """A line that asks for what a page shows, and the header of a demand for it to stand in: what a product says in
        one of its sentences, or a concept whatever else is said of it."""
        language = parameters.get("language", "")
        fields = self._asking_as_product(parameters) if "id" in parameters else self._asking_for_concept(parameters)
        return {"header": demand_header(language), "fields": fields} if fields else None

    def product(self, parameters: Parameters) -> Json | None:
        """One product: its lines in words, and what it states. What only leads inside is null to the public."""
        language = parameters.get("language", "")
        found = self._numbered(parameters.get("id", ""))
        if found is None:
            return None
        number, product = found
        sentences = self.catalogue.register.sentences(number)
        return {
            **_titled(product, language),
            "collection": collection_of(product),
            "lines": [self._line(sentence, language) for sentence in sentences[:_ALL]],
            "count": len(sentences),
            "facts": [self._fact(key, product, language) for key in _stated(product)],
            "sensitive": product.sensitive,
        }

    def search(self, parameters: Parameters) -> Json:
        """What free words may mean, the best first: concepts of each vocabulary, and products by
        identification and title."""
        text, language = parameters.get("text", ""), parameters.get("language", "")
        lookup = self.catalogue.lookup
        if not lookup.is_at_hand and any((begun := self._begun(text, language)).values()):
            # What else may be meant is found once that can be looked up.
            return begun
        vocabularies = dict(zip(KINDS, self.catalogue.vocabularies.four, strict=False))
        concepts: list[Json] = []
        products: list[Json] = []
        told: Counter[Kind] = Counter()
        for hit in lookup.named(text, _LOOKED_AT, language):
            told[hit.kind] += 1
            if told[hit.kind] > _FOUND:
                continue
            if hit.kind == "product":
                records = self.catalogue.register.called(hit.code)
                products += [_titled(record, language) for record in records[:1]]
            else:
                named = {"code": hit.code, "label": hit.label, "vocabulary": vocabularies[hit.kind].name}
                concepts.append({**named, "word": hit.text})
        return {"concepts": concepts, "products": products}

    def _begun(self, text: str, language: str) -> Json:
        """What is called something that a text begins, of each vocabulary and of the products the shortest."""
        wanted = fold(text)
        concepts = {
            (vocabulary.name, code): self._called(vocabulary, code, word, language)
            for vocabulary in self.catalogue.vocabularies.four
            for word, codes in vocabulary.words_holding(wanted, _FOUND, inside=False)
            for code in codes[:_FOUND]
        }
        called = self.catalogue.register.holding(wanted, _FOUND, inside=False)
        products = [_titled(self.catalogue.register.product(one.number), language) for one in called]
        return {"concepts": list(concepts.values()), "products": products}

    def _called(self, vocabulary: Vocabulary, code: str, word: str, language: str) -> Json:
        """A concept that goes by a folded word."""
        concept = vocabulary.concepts[code]
        written = next((one for one in concept.words() if fold(one) == word), concept.label(""))
        return {**_named(concept, language), "vocabulary": vocabulary.name, "word": written}

    def _asking_as_product(self, parameters: Parameters) -> list[str]:
        found, line = self._numbered(parameters["id"]), parameters.get("line", "")
        sentences = self.catalogue.register.sentences(found[0]) if found else ()
        said = next((one for one in sentences if str(one.line) == line), None)
        language = parameters.get("language", "")
        return fields_for_sentence(self.catalogue.vocabularies, said, language) if said else []

    def _asking_for_concept(self, parameters: Parameters) -> list[str]:
        vocabulary = self._vocabulary(parameters)
        concept = vocabulary.coded(parameters.get("code", "")) if vocabulary else None
        if vocabulary is None or concept is None:
            return []
        return fields_for_concept(self.catalogue.vocabularies, vocabulary, concept, parameters.get("language", ""))

    def _registers(self) -> Iterable[Concept]:
        names = self.catalogue.vocabularies.names
        return (names.concepts[code] for code in names.of_kind("register"))

    def _vocabulary(self, parameters: Parameters) -> Vocabulary | None:
        name = parameters.get("vocabulary")
        return next((one for one in self.catalogue.vocabularies.four if one.name == name), None)

    def _numbered(self, identification: str) -> tuple[int, ProductRecord] | None:
        number = self.catalogue.register.numbered(identification)
        return None if number is None else (number, self.catalogue.register.product(number))

    def _wording(self, language: str) -> Wording:
        return Wording(language, self.catalogue.vocabularies)

    def _line(self, sentence: SentenceRecord, language: str) -> Json:
        codes = (sentence.object_type, sentence.name, sentence.characteristic)
        four = self.catalogue.vocabularies.four
        return {
            "line": sentence.line,
            "fields": [_field(vocabulary, code, language) for vocabulary, code in zip(four, codes, strict=False)],
            "time": self._wording(language).stretch(sentence),
        }

    def _fact(self, key: str, product: ProductRecord, language: str) -> Json:
        return {"key": key, "label": key_label(key, language), **self._said(key, product.values[key], language)}

    def _said(self, key: str, text: str, language: str) -> Json:
        if key == "access":
            condition, comma, more = text.partition(",")
            said = self._wording(language).say(f"access-{access_of(condition)}")
            return {"text": said + comma + more}
        if key not in ADDRESS_KEYS:
            return {"text": text}
        found = self.catalogue.resolve(text)
        link = found.target if found.target.lower().startswith(("http://", "https://")) else None
        return {"text": link if self.catalogue.is_public else text, "link": link}


def _stated(product: ProductRecord) -> Iterator[str]:
    """The keys that a product states, in the order in which keys are told, each with those for other languages."""
    for key in KEYS:
        if not key.internal:
            yield from (name for name in product.values if name.partition("@")[0] == key.name)


def _titled(product: ProductRecord, language: str) -> Json:
    """A product's identification, and what people call it in a language or one that stands in for it."""
    return {"id": product.identification, "title": title_in(product.values, language)}


def _collected(edition: ProductRecord, language: str) -> Json:
    """The collection of an edition: its name, and what people call it, as they call the edition."""
    return {"id": collection_of(edition), "title": title_in(edition.values, language)}


def _on_shelf(shelf: Shelf, language: str) -> Json:
    """A collection, or a product that is of none."""
    named = _collected if shelf.editions else _titled
    return {**named(shelf.product, language), "editions": shelf.editions}


def _named(concept: Concept, language: str) -> Json:
    return {"code": concept.code, "label": concept.label(language)}


def _field(vocabulary: Vocabulary, code: str, language: str) -> Json:
    """A coded field in words; a unit's own identification is its word."""
    concept = vocabulary.coded(code)
    label = concept.label(language) if concept else code.removeprefix(UNIT)
    return {"vocabulary": vocabulary.name, "code": code if concept else "", "label": label}


def _page_texts(language: str) -> Iterator[tuple[str, str]]:
    for key, text in load(language).texts.items():
        if key.startswith(("page.", "message.grade-")):
            yield key.partition(".")[2], text


_QUESTIONS: Mapping[str, Callable[[Shown, Parameters], object | None]] = {
    "languages": Shown.languages,
    "overview": Shown.overview,
    "example": Shown.example,
    "demands": Shown.demands,
    "rule": Shown.rule,
    "tree": Shown.tree,
    "concept": Shown.concept,
    "registers": Shown.registers,
    "products": Shown.products,
    "collection": Shown.collection,
    "line": Shown.line,
    "product": Shown.product,
    "search": Shown.search,
}
