"""What an editor is told in a vocabulary, with the cursor at a mark."""

import random
from pathlib import Path

import pytest

from tests.server.features.marked import MARK
from tests.server.features.marked_tables import in_census, marked_table
from tests.server.features.test_renaming import meanings, put, renamed, root, snapshots  # noqa: F401
from tests.server.workspaces import PARSER
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.languages import languages
from vkd_catalog.vocabulary import VOCABULARY_NAMES, VocabularyName
from vkd_catalog.vocabulary.columns import EVERY_COLUMN, has_column
from vkd_grammar.text import Position
from vkd_server.features.diagnostics import diagnose_vocabulary
from vkd_server.features.lexicon import Lexicon
from vkd_server.features.navigation.naming import Meant
from vkd_server.features.refactoring.fixes import applied
from vkd_server.features.refactoring.renaming import Refusal, WordAt
from vkd_server.features.vocabulary_rows.completion import complete
from vkd_server.features.vocabulary_rows.hover import hover
from vkd_server.features.vocabulary_rows.outline import Node, folds, outline
from vkd_server.features.vocabulary_rows.references import code_of_row, rows_naming
from vkd_server.features.vocabulary_rows.renaming import renameable_at
from vkd_server.features.vocabulary_rows.table import Table, concept_at, spot_at

NEW = 'Nytt, "ord" å🙂'


@pytest.mark.parametrize(
    ("text", "column", "said", "typed"),
    [
        ("code,kind\nA,indi‸vidual\n", "kind", "individual", "indi"),
        ("code,kind\nA,‸\n", "kind", "", ""),
        ("code,kind\r\nA , ‸ x \r\n", "kind", "x", ""),
        ("code,kind\nA,x ‸\n", "kind", "x", "x"),
        ('code,altLabel@nb,kind\nA,"a, ""b""|c ‸d",\n', "altLabel@nb", "c d", "c "),
        ('code,altLabel@nb,kind\nA,"a, ""b‸""|c d",\n', "altLabel@nb", 'a, "b"', 'a, "b'),
        ('code,altLabel@nb,kind\nA,"‸', "altLabel@nb", "", ""),
        ('code,prefLabel@nb\nA,"en ‸to', "prefLabel@nb", "en to", "en "),
        ("\ufeffcode,prefLabel@nb\nA,å🙂‸b\n", "prefLabel@nb", "å🙂b", "å🙂"),
        ('code,definition@nb,prefLabel@nb\nA,"en\nto",Or‸d\n', "prefLabel@nb", "Ord", "Or"),
        ('code,definition@nb,prefLabel@nb\nA,"en\nt‸o",Ord\n', None, "", ""),
        ("co‸de,kind\nA,\n", "", "code", "co"),
        ("code,objectTypes\nK,A|‸|B\n", "objectTypes", "", ""),
        ("code,objectTypes\nK,A | B‸C|D\n", "objectTypes", "BC", "B"),
        ("code,kind\nA,,,‸\n", None, "", ""),
        ("code,kind\n\n‸\n", None, "", ""),
        ("‸", None, "", ""),
        ("\n\n‸", None, "", ""),
    ],
)
def test_the_value_at_a_place(text: str, column: str | None, said: str, typed: str) -> None:
    table, place, _ = marked_table("object-types", text)
    spot = spot_at(table, place)
    assert (spot and (spot.column, spot.text, spot.typed)) == (None if column is None else (column, said, typed))


@pytest.mark.parametrize(
    ("name", "before", "code", "place"),
    [
        ("characteristics", "K3,Alder,,Age,individual,A", "A", ("vocabulary/object-types.csv", 1, 0, 1)),
        ("characteristics", "K3,Alder,,Age,individual,A,status,L", "L", ("vocabulary/names.csv", 9, 0, 1)),
        ("characteristics", "K3,Alder,,Age,individual,A,status,L,K", "K2", ("vocabulary/characteristics.csv", 2, 0, 2)),
        ("characteristics", "Næring,,Industry,individual,A|E", "E", ("vocabulary/object-types.csv", 5, 0, 1)),
        ("characteristics", "Hovedyrke på tellingsdagen,K7", "K7", ("vocabulary/characteristics.csv", 8, 0, 2)),
        ("characteristics", "K3,Ald", "K3", ("vocabulary/characteristics.csv", 3, 0, 2)),
        ("characteristics", "\nK3", "K3", ("vocabulary/characteristics.csv", 3, 0, 2)),
        ("names", "Y.2,Kontor", "Y.2", ("vocabulary/names.csv", 6, 0, 3)),
        ("names", "co", None, None),
    ],
)
def test_a_code_leads_to_its_row(name: VocabularyName, before: str, code: str | None, place: object) -> None:
    table, at, _ = in_census(name, before)
    meant = concept_at(table, at)
    assert (meant and meant.concept.code) == code
    if meant:
        source = next(one for one in table.catalogue.vocabularies.files if one.path == meant.concept.source)
        own = code_of_row(
            table._replace(path=source.path, name=source.vocabulary, lines=source.lines), meant.concept.row
        )
        assert (source.path, own[0].row, own[0].column, own[1].column) == place


@pytest.mark.parametrize(
    ("name", "before", "uses"),
    [
        ("characteristics", "\nK2", ["K3:derivedFrom"]),
        ("characteristics", "\nK7", ["K5:seeAlso"]),
        ("names", "\nL", ["K3:classification"]),
        ("object-types", "\nE", ["K7:objectTypes", "K9:objectTypes"]),
        ("times", "\nT1", []),
    ],
)
def test_the_rows_that_name_a_concept(name: VocabularyName, before: str, uses: list[str]) -> None:
    table, at, _ = in_census(name, before)
    meant = concept_at(table, at)
    assert meant
    found = []
    for use in rows_naming(meant, table.catalogue, table.lexicon):
        source = next(one for one in table.catalogue.vocabularies.files if one.path == use.path)
        assert source.lines[use.row][use.start : use.end] == meant.concept.code
        there = table._replace(path=use.path, name=source.vocabulary, lines=source.lines)
        spot = spot_at(there, Position(use.row, use.end))
        assert spot
        found.append(f"{source.lines[use.row].split(',')[0]}:{spot.column}")
    assert found == uses


@pytest.mark.parametrize(
    ("name", "before", "said"),
    [
        (
            "characteristics",
            "K6.1,Lønns",
            ["**Lønnsinntekt** `K6.1`", "Inntekt › Lønnsinntekt", "nevnt av ingen andre rader"],
        ),
        ("characteristics", "K3,Alder,,Age,individual,A,status,L", ["**Aldersklassifikasjon** `L`", "nevnt av én rad"]),
        ("names", "P.70,", ["Synonymer: Population register Nov. 70, Personreg.nov.70", "i ett informasjonssett"]),
        ("characteristics", "tempora", ["**temporality**", "`status`, `event`, `accumulated`, `fixed`"]),
        ("object-types", "prefLabel@e", ["**prefLabel@en**", "Det foretrukne ordet på et språk."]),
    ],
)
def test_hover(name: VocabularyName, before: str, said: list[str]) -> None:
    table, at, _ = in_census(name, before)
    found = hover(table, at, registered=True)
    assert found
    assert [one for one in said if one not in found.text] == [], found.text
    assert found.start <= at <= found.end


@pytest.mark.parametrize("name", VOCABULARY_NAMES)
def test_every_column_is_explained_in_every_language_and_no_other(name: VocabularyName) -> None:
    labels = {f"{kind}@nb" for kind in ("prefLabel", "altLabel", "definition", "values")}
    for column in {*EVERY_COLUMN, *labels}:
        for language in languages():
            table, at, _ = marked_table(name, f"{column}{MARK},code\n", language)
            found = hover(table, at, registered=False)
            assert (found is not None) == has_column(name, column), column
            assert found is None or found.text.startswith(f"**{column}**\n\n")


@pytest.mark.parametrize(
    ("row", "code"),
    [("K‸1@K2", "K1"), ("K1@K‸2", "X"), ("K1@ft70-person+K‸2", "K2"), ("K1@x|K2@K‸1", "X"), ("K1@‸", "X")],
)
def test_what_stands_behind_the_at_is_a_product_and_no_code(row: str, code: str) -> None:
    table, at, file = marked_table("characteristics", f"code,derivedFrom\nK1,\nK2,\nX,{row}\n")
    meant = concept_at(table, at)
    assert meant is not None
    assert meant.concept.code == code
    uses = list(rows_naming(Meant(table.vocabulary, table.vocabulary.concepts["K1"]), table.catalogue, table.lexicon))
    assert [file.lines[use.row][use.start : use.end] for use in uses] == ["K1"]


def test_nothing_is_explained_where_nothing_stands() -> None:
    table, at, _ = marked_table("names", "code,nonsense\nP,a\n\n‸")
    assert hover(table, at, registered=False) is None
    assert hover(table, Position(0, 8), registered=False) is None


@pytest.mark.parametrize(
    ("name", "text", "labels"),
    [
        ("object-types", "code,ki‸\n", ["kind"]),
        (
            "object-types",
            "code,kind,prefLabel@nb,al‸\n",
            ["altLabel@nb", "altLabel@en", "altLabel@nn", "altLabel@sv", "altLabel@da"],
        ),
        (
            "times",
            "code,definition@‸nb,f\n",
            ["definition@nb", "definition@en", "definition@nn", "definition@sv", "definition@da"],
        ),
        ("object-types", "code,kind\nA,‸\n", ["individual", "aggregate"]),
        ("object-types", "code,kind\nA,a‸\n", ["aggregate"]),
        ("characteristics", "code,sensitive\nK1,‸", ["yes", "no"]),
        ("characteristics", "code,objectTypes\nK1,A|A.‸\n", ["A.B"]),
        ("characteristics", "code,objectTypes\nK1,bedr‸|A\n", ["E.F", "E", "G.H", "G"]),
        ("characteristics", "code,prefLabel@nb,derivedFrom\nK1,Alder,\nK2,Sum,K1+al‸\n", ["K1"]),
        ("characteristics", 'code,classification\nK1,"Y.‸\n', ["Y.2", "Y.3"]),
        ("characteristics", "code,prefLabel@nb\nK1,a\nK2,b\n‸\n", None),
        ("characteristics", "code,prefLabel@nb\nK1,a\nK2,b\nK‸,\n", ["K3"]),
        ("characteristics", "code,prefLabel@nb\nK1,a\nK1.1,b\nK1.‸,\n", ["K1.2"]),
        ("characteristics", "code,prefLabel@nb\nK1,al‸\n", None),
        ("names", "code,derivedFrom\nP,‸\n", None),
        ("characteristics", "code,prefLabel@nb,function\nS1,Sum,m‸\n", ["mean", "median", "min", "max"]),
        ("characteristics", "code,identifies\nS1,‸\n", ["global", "series"]),
        ("characteristics", "code,prefLabel@nb,of\nK1,Inntekt,\nS1,Sum,inn‸\n", ["K1"]),
        ("characteristics", "code,classification\nK1,U|Y.‸\n", ["Y.2", "Y.3"]),
        ("characteristics", "code,values,missing\nK1,1=Ja|9=Vet ikke|99=Ubesvart,1|9‸\n", ["9", "99"]),
        ("characteristics", "code,missing\nK1,‸\n", []),
        ("characteristics", "code,derivedFrom,prefLabel@nb\nK1,,Inntekt\nK2,K1+K‸1@ft,Annet\n", ["K1", "K2"]),
        ("characteristics", "code,derivedFrom\nK1,\nK2,K1@FT7‸\n", ["ft70-person", "ft70-tabell"]),
        (
            "characteristics",
            "code,derivedFrom\nK1,\nK2,K1@‸+K1\n",
            ["dode-yrke", "ft60-person", "ft70-person", "ft70-tabell"],
        ),
        (
            "characteristics",
            "code,val‸\n",
            ["values@nb", "values@en", "values@nn", "values@sv", "values@da", "values"],
        ),
        ("names", "code,val‸\n", ["validFrom", "validTo"]),
    ],
)
def test_completion(name: VocabularyName, text: str, labels: list[str] | None) -> None:
    table, at, _ = marked_table(name, text)
    register = table.catalogue.register
    found = complete(table, at, lambda typed: [one.name for one in register.holding(typed, 9)])
    assert (found and [item.label for item in found.items]) == labels
    if found:
        assert found.start <= at <= found.end


def test_a_chosen_item_replaces_the_value_and_leaves_the_others() -> None:
    text = 'code,prefLabel@nb,objectTypes\nK1,a," A | pers‸on |E"\n'
    table, at, file = marked_table("characteristics", text)
    found = complete(table, at)
    assert found
    assert file.lines[1][found.start.column : found.end.column] == "person"
    assert [(one.label, one.right) for one in found.items][:2] == [("A.B", "Person"), ("A", "Personer")]


@pytest.mark.parametrize(
    ("name", "before", "word", "language"),
    [
        ("characteristics", "K5,Yr", "Yrke", "nb"),
        ("characteristics", "K1,Fødselsnummer,Person", "Personnummer", "nb"),
        ("characteristics", "K5,Yrke,,Occ", "Occupation", "en"),
        ("names", "Personregister|Personre", "Personreg.", "nb"),
    ],
)
def test_a_word_can_be_renamed_in_its_cell(name: VocabularyName, before: str, word: str, language: str) -> None:
    table, at, _ = in_census(name, before)
    found = renameable_at(table, at)
    assert isinstance(found, WordAt)
    assert (found.text, found.language) == (word, language)


@pytest.mark.parametrize("before", ["\nK5", "K3,Alder,,Age,individual,A,status,L", "K3,Alder,,Age,individual,A"])
def test_a_code_is_not_renamed_and_it_is_said_why(before: str) -> None:
    table, at, _ = in_census("characteristics", before)
    found = renameable_at(table, at)
    assert isinstance(found, Refusal)
    assert "arkivert i kodet form" in found.message


@pytest.mark.parametrize(
    "before", ["co", "K1,Fødselsnummer,Personnummer,Personal identity number,indi", "Fylte år", "K6,Inntekt,"]
)
def test_what_is_no_word_is_not_renamed(before: str) -> None:
    table, at, _ = in_census("characteristics", before)
    assert renameable_at(table, at) is None


def words_of(catalogue: Catalogue) -> list[WordAt]:
    """Every word that stands in a cell of a catalogue's vocabularies."""
    lexicon = Lexicon(catalogue.vocabularies)
    tables = [Table(one.path, one.vocabulary, one.lines, catalogue, lexicon) for one in catalogue.vocabularies.files]
    found = {
        (table.path, one.start): one
        for table in tables
        for row, line in enumerate(table.lines)
        for column in range(len(line))
        if isinstance(one := renameable_at(table, Position(row, column)), WordAt)
    }
    return list(found.values())


def test_every_word_of_every_vocabulary_can_be_renamed(root: Path) -> None:  # noqa: F811
    catalogue = open_catalogue(root, PARSER)
    before = meanings(catalogue)
    words = words_of(catalogue)
    assert len(words) > 70
    for found in words:
        edits = renamed(catalogue, "", found, NEW)
        assert not isinstance(edits, Refusal), (found.text, edits)
        assert (found.concept.source, found.start.row) in {(edit.path, edit.start.row) for edit in edits}
        had = {edit.path: (root / edit.path).read_bytes() for edit in edits}
        put(root, edits)
        again = open_catalogue(root, PARSER)
        assert meanings(again) == before, found.text
        assert NEW in set(again.vocabularies.called(found.vocabulary).concepts[found.concept.code].words())
        for name, data in had.items():
            (root / name).write_bytes(data)


PIECES = ("Alder", "Yrke", "Ord, to", "å🙂", 'a"b', "a|b", "1970", "-", "Person", "x/y", "[K1]", "", " ", "a\\b")


def random_cell(chance: random.Random) -> str:
    return '"' + "|".join(chance.sample(PIECES, 2)).replace('"', '""') + '"'


@pytest.mark.parametrize("seed", range(12))
def test_rename_in_random_catalogues_keeps_meaning_or_is_refused(seed: int, root: Path) -> None:  # noqa: F811
    """Words given to concepts at random, so that many are doubtful, in cells that need quotes, with CRLF or a BOM."""
    chance = random.Random(seed)
    path = root / "vocabulary/characteristics.csv"
    concepts = [f"K{number}" for number in range(1, 9)]
    rows = [f"{code},{random_cell(chance)},{random_cell(chance)},individual" for code in concepts]
    end = chance.choice(["\n", "\r\n"])
    text = end.join(["code,prefLabel@nb,altLabel@nb,kind", *rows, ""])
    path.write_bytes(chance.choice([b"", b"\xef\xbb\xbf"]) + text.encode())
    catalogue = open_catalogue(root, PARSER)
    before = meanings(catalogue)
    words = [one for one in words_of(catalogue) if one.vocabulary == "characteristics"]
    done = 0
    for found in chance.sample(words, min(6, len(words))):
        edits = renamed(catalogue, "", found, chance.choice([NEW, *PIECES]))
        if isinstance(edits, Refusal):
            continue
        had = {edit.path: (root / edit.path).read_bytes() for edit in edits}
        put(root, edits)
        assert meanings(open_catalogue(root, PARSER)) == before, found.text
        done += 1
        for name, data in had.items():
            (root / name).write_bytes(data)
    assert done


def shape(nodes: tuple[Node, ...]) -> list[object]:
    return [(node.concept.code, node.last, shape(node.below)) if node.below else node.concept.code for node in nodes]


def test_the_outline_is_the_hierarchy_and_folds_as_it() -> None:
    text = 'code,definition@nb\nA,\nA.B,"to\nlinjer"\nA.B.1,\nA.1,\n\nA.10,\nC.D,\nC,\n\n'
    _, _, file = marked_table("names", text)
    assert shape(outline(file)) == [("A", 7, [("A.B", 4, ["A.B.1"]), "A.1", "A.10"]), "C.D", "C"]
    assert folds(file) == [(1, 7), (2, 4)]


@pytest.mark.parametrize(
    ("name", "text", "code", "fixed"),
    [
        (
            "characteristics",
            "code,prefLabel@nb,objectTypes\nK1,a,A|E.FX\n",
            "VKD605",
            "code,prefLabel@nb,objectTypes\nK1,a,A|E.F\n",
        ),
        ("names", "code;prefLabel@nb;\r\nQ.1;b\r\n", "VKD603", "code;prefLabel@nb;\r\nQ;\r\nQ.1;b\r\n"),
        ("names", "Liste\n\ncode,prefLabel@nb\nP,a\n", "VKD604", "code,prefLabel@nb\nP,a\n"),
        ("names", "code,prefLabel@nb\ncode,prefLabel@nb\nP,a\n", "VKD604", "code,prefLabel@nb\nP,a\n"),
        ("names", 'code,prefLabel@nb\n="01",a\n', "VKD604", "code,prefLabel@nb\n01,a\n"),
        ("names", "code\tobjecttype\nP\tA\n", "VKD607", "code\tobjectTypes\nP\tA\n"),
        ("names", "code,Merknad\nP,A\n", "VKD607", "code,x-Merknad\nP,A\n"),
        ("names", "code,prefLabel@nb\r\nP,a\r\nQ.1,b\r\n", "VKD603", "code,prefLabel@nb\r\nP,a\r\nQ,\r\nQ.1,b\r\n"),
        ("names", "code,prefLabel@nb,seeAlso\nP,a,P2\n", "VKD605", "code,prefLabel@nb,seeAlso\nP,a,P\n"),
    ],
)
def test_a_sure_fix_is_offered(name: VocabularyName, text: str, code: str, fixed: str) -> None:
    table, _, file = marked_table(name, text)
    (found,) = [one for one in diagnose_vocabulary(file, table.catalogue) if one.code == code]
    assert fixed in [applied(file.lines, fix.edits) for fix in found.fixes()]


@pytest.mark.parametrize("seed", range(30))
def test_half_typed_tables_are_answered(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(
        chance.choices(
            ["code", "kind", "objectTypes", ",", ",", '"', "\n", "\r", "A", ".", "|", "+", "å🙂", " ", "\ufeff", "\0"],
            k=60,
        )
    )
    at = chance.randrange(len(text) + 1)
    names: tuple[VocabularyName, ...] = ("object-types", "names", "characteristics", "times")
    for name in names:
        table, place, file = marked_table(name, text[:at] + MARK + text[at:])
        complete(table, place)
        hover(table, place, registered=False)
        renameable_at(table, place)
        concept_at(table, place)
        folds(file)
        for found in diagnose_vocabulary(file, table.catalogue):
            for fix in found.fixes():
                applied(file.lines, fix.edits)


def test_words_of_a_vocabulary_that_is_written_in_are_found_as_if_read_afresh() -> None:
    text = "code,prefLabel@nb,altLabel@nb\nK1,Alder på dagen,\nK2,Yrke,Stilling\nK3,Sum,\n"
    had = Lexicon(marked_table("characteristics", text)[0].catalogue.vocabularies)
    for changed in (
        text.replace("Alder på", "Alder i"),
        text.replace("K3,Sum,\n", ""),
        text + "K4,Stillinger,\n",
        text,
    ):
        while had.prepare():
            pass
        vocabularies = marked_table("characteristics", changed)[0].catalogue.vocabularies
        had = Lexicon(vocabularies, had)
        for word in ("", "alder", "dagen", "stilling", "k", "sum", "yrkke"):
            fresh = Lexicon(vocabularies).index("characteristics").find(word)
            assert list(had.index("characteristics").find(word)) == list(fresh)


@pytest.mark.parametrize("column", ["Merknad", "Kilde", "Kommentar", "note", "Navn", "sum", "date"])
@pytest.mark.parametrize("name", ["object-types", "names", "characteristics", "times"])
def test_what_is_not_near_a_column_is_not_taken_for_it(name: VocabularyName, column: str) -> None:
    table, _, file = marked_table(name, f"code,{column},kind\n")
    (found,) = [one for one in diagnose_vocabulary(file, table.catalogue) if one.start.column == 5]
    assert [edit.text for fix in found.fixes() for edit in fix.edits] == [f"x-{column}"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("declared", [False, True])
def test_what_an_editor_asks_is_answered_whatever_separates_the_cells(separator: str, declared: bool) -> None:
    def written(text: str) -> str:
        return (f"sep={separator}\n" if declared else "") + text.replace(",", separator)

    table, place, _ = marked_table("characteristics", written("code,objectTypes,kind\nK1,A|" + MARK + ",class\n"))
    found = complete(table, place)
    assert found is not None
    assert "A" in [item.insert for item in found.items]
    table, place, _ = marked_table("characteristics", written(f"code,prefLabel@nb,kind\nK1,Yr{MARK}ke,individual\n"))
    word = renameable_at(table, place)
    assert isinstance(word, WordAt)
    assert (word.text, word.concept.code) == ("Yrke", "K1")
