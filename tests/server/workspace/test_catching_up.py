"""Whatever happens to files and documents, in whatever order, what is told in the end is what a fresh start would tell.

Files are written, deleted and moved behind the editor's back or by it, documents opened, edited, saved and closed. A client
that watches tells of each change; one that does not tells of what it did itself. In between, questions are asked.
"""

import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.server.workspaces import workspace
from vkd_grammar.document import Edit
from vkd_grammar.text import Position, Span
from vkd_server.features.navigation.workspace_symbols import workspace_symbols
from vkd_server.workspace.uris import uri_of
from vkd_server.workspace.workspace import Workspace

T = TypeVar("T")

_SENTENCE = "1 / Personer / Personreg.nov.70 / {} / 19701101 / .\n"
_DEMANDS = "".join(
    f"0 / Etterspørselsbeskrivelse / {word}\n{_SENTENCE.format(word)}" for word in ("Inntekt", "Yrke", "Kjønn")
)
_PRODUCT = "0 / Produktbeskrivelse / {} / data=F:ft70-person.csv; form=csv; access=open; unit-id=Fødselsnummer\n"
_PRODUCTS = [
    "",
    *(_PRODUCT.format(name) + _SENTENCE.format(word) for name in ("en", "to") for word in ("Inntekt", "Yrke")),
]
_CHARACTERISTICS = "vocabulary/characteristics.csv"
_ASKED = "demands/alle.vkd"
_PLACES = ("products/a.vkd", "products/b.vkd", "elsewhere/c.vkd")


class Everything(RuleBasedStateMachine):
    """A workspace on the disk, and one in an editor that looks at it."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.root = workspace(Path(self.place.name), {_ASKED: _DEMANDS})
        self.words = (self.root / _CHARACTERISTICS).read_text(encoding="utf-8")
        self.stated = (self.root / "vkd.toml").read_text(encoding="utf-8")
        self.files = Workspace()
        self.files.roots = (self.root,)
        self.files.open(uri_of(self.root / _ASKED), 1, _DEMANDS)
        self.opened: dict[str, str] = {}

    @initialize(watches=st.booleans())
    def begin(self, watches: bool) -> None:
        self.watches = watches

    @rule(path=st.sampled_from(_PLACES), text=st.sampled_from(_PRODUCTS))
    def written_beside(self, path: str, text: str) -> None:
        """Another program writes a file."""
        self._write(path, text)
        self._told(path)

    @rule(path=st.sampled_from(_PLACES), by_client=st.booleans())
    def deleted(self, path: str, by_client: bool) -> None:
        """A file is deleted, by another program or from the editor."""
        (self.root / path).unlink(missing_ok=True)
        self._told(path, always=by_client)

    @rule(there=st.booleans(), by_client=st.booleans())
    def moved(self, there: bool, by_client: bool) -> None:
        """A folder is moved out of what `include` takes, or back."""
        names = ("products", "put-aside")
        source, target = names if there else reversed(names)
        if (self.root / source).is_dir() and not (self.root / target).exists():
            (self.root / source).rename(self.root / target)
        self._told(source, target, always=by_client)

    @rule(word=st.sampled_from(["Inntekt", "Lønn"]))
    def vocabulary_written(self, word: str) -> None:
        """A concept gets another name."""
        self._write(_CHARACTERISTICS, self.words.replace("Inntekt", word))
        self._told(_CHARACTERISTICS)

    @rule(folder=st.sampled_from(["products", "elsewhere", "**"]))
    def settings_written(self, folder: str) -> None:
        """Products are looked for elsewhere."""
        self._write("vkd.toml", self.stated.replace("products/*.vkd", f"{folder}/*.vkd"))
        self._told("vkd.toml")

    @rule(path=st.sampled_from(_PLACES))
    def opened_as_it_is(self, path: str) -> None:
        """A file is opened."""
        if path not in self.opened and (self.root / path).is_file():
            self.opened[path] = (self.root / path).read_text(encoding="utf-8")
            self.files.open(uri_of(self.root / path), 1, self.opened[path])

    @rule(path=st.sampled_from(_PLACES), text=st.sampled_from(_PRODUCTS))
    def edited(self, path: str, text: str) -> None:
        """An open document becomes another text."""
        if path in self.opened:
            self.opened[path] = text
            whole = Span(Position(0, 0), Position(10_000, 0))
            self.files.change(uri_of(self.root / path), 2, [Edit(whole, text)])

    @rule(path=st.sampled_from(_PLACES))
    def saved(self, path: str) -> None:
        """An open document is saved."""
        if path in self.opened:
            self._write(path, self.opened[path])
            self.files.saved(uri_of(self.root / path))

    @rule(path=st.sampled_from(_PLACES))
    def closed(self, path: str) -> None:
        """A document is closed; whatever was not saved of it is lost."""
        if self.opened.pop(path, None) is not None:
            self.files.close(uri_of(self.root / path))

    @rule()
    def asked_in_between(self) -> None:
        """Somebody asks, whatever there is to be known by now."""
        _told(self.files, self.root)

    @rule()
    def collected(self) -> None:
        """Nobody asks for a while."""
        self.files.catch_up()
        self.files.let_go()

    @invariant()
    def says_what_a_fresh_start_would(self) -> None:
        """Once the client has told all it tells, which one that watches has by now."""
        if not getattr(self, "watches", False):
            return
        fresh = self._fresh()
        try:
            assert _told(self.files, self.root) == _told(fresh, self.root)
        finally:
            fresh.end()

    def teardown(self) -> None:
        try:
            for path in list(self.opened):
                self.saved(path)
                self.closed(path)
            # What happened behind the back of one that does not watch is seen when anything near is saved.
            self.files.notice((self.root / "vkd.toml",))
            fresh = self._fresh()
            assert _told(self.files, self.root) == _told(fresh, self.root)
            fresh.end()
        finally:
            self.files.end()
            self.place.cleanup()

    def _fresh(self) -> Workspace:
        """A workspace that begins now, with what is open in the editor as it stands there."""
        fresh = Workspace()
        fresh.roots = (self.root,)
        fresh.open(uri_of(self.root / _ASKED), 1, _DEMANDS)
        for path, text in self.opened.items():
            fresh.open(uri_of(self.root / path), 1, text)
        return fresh

    def _write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(exist_ok=True)
        if file.is_dir():
            shutil.rmtree(file)
        file.write_text(text, encoding="utf-8")

    def _told(self, *paths: str, always: bool = False) -> None:
        if always or getattr(self, "watches", False):
            self.files.notice(self.root / path for path in paths)


def _told(files: Workspace, root: Path) -> object:
    """The answers to the demands, what is wrong with each open document, and all products that a search finds."""
    files.catch_up()
    uri = uri_of(root / _ASKED)
    asked = files.document(uri)
    assert asked
    runs = [_ended(files.run(asked, index)) for index in range(len(asked.document.rows))]
    answers = [(run.answer.status, sorted(run.answer.products.items())) for run in runs if run]
    found = _ended(files.search(asked.project, lambda view: workspace_symbols("", view)))
    return answers, _diagnostics(files), sorted((one.name, one.path, one.row) for one in found)


def _diagnostics(files: Workspace) -> object:
    while any(document.waits for document in files.documents):
        files.check_further()
    return {one.uri: (dict(one.found), dict(one.found_beside)) for one in files.documents}


def _ended(steps: Generator[object, None, T]) -> T:
    def finished() -> Generator[object, None, None]:
        outcome.append((yield from steps))

    outcome: list[T] = []
    for _ in finished():
        pass
    return outcome[0]


Everything.TestCase.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestEverything = Everything.TestCase
