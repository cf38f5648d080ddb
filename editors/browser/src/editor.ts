// The editor: CodeMirror with what the server knows of the text. Completion filters nothing itself: what the server found by a
// synonym, a code or a misspelling must stay, which is why @codemirror/lsp-client, that matches labels, is not used.
import { autocompletion, completionKeymap, startCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, type Extension, type Text } from "@codemirror/state";
import { drawSelection, EditorView, hoverTooltip, keymap, type ViewUpdate } from "@codemirror/view";
import type { Edit } from "../../shared/adding";
import { coloured, COLOURS, hinted, HINTS, laid, LENSES, pressable, type Layer, type Laid } from "./layers";
import { element, rendered } from "./markdown";
import { NARROW } from "./panes";
import { changes, offset, position, type CodeLens, type Diagnostic } from "./protocol";
import type { Edits, Session } from "./session";

export type Problem = { diagnostic: Diagnostic; fixes: Edits[] };

/** What the editor asks of the page around it. */
export type Around = {
  session: () => Session;
  run: (line: number) => void;
  runTitle: () => string;
  names: () => { label: string; completions: string };
  problems: (found: Problem[]) => void;
  here: (explained: Node | null) => void;
  changed: (text: string) => void;
};

// Milliseconds.
const QUIET = 150;
const REST = 600;
/** So many of the problems are asked about how to put them right. */
const MOST_FIXED = 20;
const SEVERITIES = ["error", "error", "warning", "info", "hint"] as const;

export class Editor {
  readonly view: EditorView;
  private readonly wrapping = new Compartment();
  private readonly speech = new Compartment();
  private headers: number[] = [];
  private timer = 0;
  private moved = 0;
  private listing = 0;
  private listed = 0;

  constructor(parent: HTMLElement, text: string, private readonly around: Around) {
    const state = EditorState.create({ doc: text, extensions: this.extensions() });
    this.view = new EditorView({ parent, state });
    NARROW.addEventListener("change", () => this.view.dispatch({ effects: this.wrapping.reconfigure(wrapped()) }));
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, selection: { anchor: 0 } });
  }

  /** The line of the cursor, from 0. */
  get line(): number {
    const { doc, selection } = this.view.state;
    return doc.lineAt(selection.main.head).number - 1;
  }

  /** The line of the header of the demand that a line belongs to. */
  headerOf(line: number): number {
    return this.headers.findLast((header) => header <= line) ?? this.headers[0] ?? line;
  }

  /** Takes the names of the page's language. */
  speak(): void {
    this.view.dispatch({ effects: this.speech.reconfigure(this.spoken()) });
  }

  focus(): void {
    this.view.focus();
  }

  apply(edits: readonly Edit[]): void {
    this.view.dispatch({ changes: changes(this.view.state.doc, edits), userEvent: "input.fix" });
  }

  /** Puts the cursor at a place and shows it. */
  goTo(line: number, character: number): void {
    this.view.dispatch({ selection: { anchor: offset(this.view.state.doc, { line, character }) }, scrollIntoView: true });
    this.focus();
  }

  /** Puts a word in place of the field that the cursor is in; false where it is in none. */
  putIn(word: string): boolean {
    const { doc, selection } = this.view.state;
    const { from, text } = doc.lineAt(selection.main.head);
    const at = selection.main.head - from;
    const start = slash(text, at, -1) + 1;
    const end = slash(text, at, 1);
    if (!/^\s*\d+\s*\//.test(text) || start === 0) return false;
    this.view.dispatch({ changes: { from: from + start, to: from + end, insert: ` ${word}${end < text.length ? " " : ""}` } });
    this.view.dispatch({ selection: { anchor: from + start + 1 + word.length } });
    return true;
  }

  /** Takes in what the server found; what would put it right is asked for, and told when it is there. */
  async diagnosed(found: Diagnostic[]): Promise<void> {
    const { session } = this.around;
    const asked = this.view.state.doc;
    this.mark(found.map((diagnostic) => ({ diagnostic, fixes: [] })));
    const fixes = (diagnostic: Diagnostic, at: number) => (at < MOST_FIXED ? session().fixes(diagnostic).catch(() => []) : []);
    const problems = await Promise.all(found.map(async (diagnostic, at) => ({ diagnostic, fixes: await fixes(diagnostic, at) })));
    if (this.view.state.doc !== asked) return;
    this.mark(problems);
    // A line that is being written is wrong until it is written: what is new is listed when the writer rests.
    clearTimeout(this.listing);
    this.listing = window.setTimeout(() => this.list(problems), problems.length > this.listed ? REST : 0);
  }

  private list(problems: Problem[]): void {
    this.listed = problems.length;
    this.around.problems(problems);
  }

  /** Asks anew for colours, lenses and hints, and shows each when it comes: hints may take a search. */
  async refresh(): Promise<void> {
    const session = this.around.session();
    const { doc } = this.view.state;
    const show = (layer: Layer, decorations: Iterable<Laid>) => {
      if (this.view.state.doc === doc) this.view.dispatch({ effects: laid(layer, decorations) });
    };
    const whole = { start: { line: 0, character: 0 }, end: position(doc, doc.length) };
    await Promise.all([
      session.tokens().then((tokens) => show(COLOURS, coloured(tokens, session.tokenTypes, (at) => offset(doc, at)))),
      session.lenses().then((lenses) => show(LENSES, this.lenses(lenses, doc))),
      session.hints(whole).then((hints) => show(HINTS, hints.map((hint) => hinted(hint, doc)))),
    ]);
  }

  private lenses(lenses: CodeLens[], doc: Text): Laid[] {
    this.headers = lenses.flatMap(({ command }) => (command?.command === "vkd.run" ? [command.arguments[1]] : []));
    return this.headers.map((line) => pressable(this.around.runTitle(), line, this.around.run, doc));
  }

  /** What is said of the editor itself, to those who do not see it too. */
  private spoken(): Extension {
    const { label, completions } = this.around.names();
    const attributes = { "aria-label": label, "aria-describedby": "keys", spellcheck: "false", autocapitalize: "off" };
    return [EditorState.phrases.of({ Completions: completions }), EditorView.contentAttributes.of(attributes)];
  }

  private extensions(): Extension {
    const nonce = document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "";
    return [
      EditorView.cspNonce.of(nonce),
      this.speech.of(this.spoken()),
      history(),
      drawSelection(),
      this.wrapping.of(wrapped()),
      [COLOURS.field, LENSES.field, HINTS.field],
      autocompletion({ override: [(context) => this.complete(context)], icons: false }),
      hoverTooltip((_, at) => this.hover(at)),
      keymap.of([
        { key: "Mod-Enter", run: () => this.runHere() },
        { key: "Enter", run: () => this.newLine() },
        ...completionKeymap,
        ...lintKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
      EditorView.updateListener.of((update) => this.updated(update)),
    ];
  }

  private updated(update: ViewUpdate): void {
    if (update.docChanged) {
      this.around.session().changed(update.startState.doc, update.changes);
      this.around.changed(this.text);
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.refresh().catch(() => undefined), QUIET);
    }
    if (update.docChanged || update.selectionSet) {
      clearTimeout(this.moved);
      this.moved = window.setTimeout(() => void this.explain().catch(() => undefined), 2 * QUIET);
    }
  }

  private async explain(): Promise<void> {
    const { doc, selection } = this.view.state;
    const found = await this.around.session().hover(position(doc, selection.main.head));
    if (this.view.state.doc === doc) this.around.here(found && rendered(found.contents.value));
  }

  private runHere(): boolean {
    this.around.run(this.line);
    return true;
  }

  /** A new line; the server begins the next sentence on it. */
  private newLine(): boolean {
    this.view.dispatch(this.view.state.replaceSelection("\n"), { scrollIntoView: true, userEvent: "input.type" });
    const { doc, selection } = this.view.state;
    const at = position(doc, selection.main.head);
    const fill = async () => {
      const edits = await this.around.session().typed("\n", at);
      if (this.view.state.doc !== doc || edits.length === 0) return;
      const made = this.view.state.changes(changes(doc, edits));
      this.view.dispatch({ changes: made, selection: { anchor: made.mapPos(selection.main.head, 1) } });
      startCompletion(this.view);
    };
    void fill().catch(() => undefined);
    return true;
  }

  private mark(problems: Problem[]): void {
    const { doc } = this.view.state;
    const marks = problems.map(({ diagnostic, fixes }) => ({
      from: offset(doc, diagnostic.range.start),
      to: offset(doc, diagnostic.range.end),
      severity: SEVERITIES[diagnostic.severity] ?? "error",
      message: diagnostic.message,
      source: diagnostic.code,
      actions: fixes.map(({ title, edits }) => ({ name: title, apply: () => this.apply(edits) })),
    }));
    this.view.dispatch(setDiagnostics(this.view.state, marks));
  }

  private async complete(context: CompletionContext): Promise<CompletionResult | null> {
    const session = this.around.session();
    const { doc } = context.state;
    const items = await session.completions(position(doc, context.pos)).catch(() => []);
    const first = items[0]?.textEdit;
    if (!first || context.aborted) return null;
    const from = offset(doc, first.range.start);
    const to = offset(doc, first.range.end);
    // What stands there already need not be offered, and Enter is to begin the next line.
    if (!context.explicit && items.length === 1 && doc.sliceString(from, to) === first.newText.trim()) return null;
    const options = items.map((item): Completion => ({
      label: item.label + (item.labelDetails?.detail ?? ""),
      displayLabel: item.label + (item.labelDetails?.detail ?? ""),
      detail: item.labelDetails?.description ?? "",
      apply: item.textEdit?.newText ?? item.label,
      ...(item.data === undefined
        ? {}
        : {
            info: async () => {
              const { documentation } = await session.resolved(item);
              return documentation ? element("div", { class: "explained" }, rendered(documentation.value)) : null;
            },
          }),
    }));
    return { from, to, options, filter: false };
  }

  private async hover(at: number) {
    const { doc } = this.view.state;
    const found = await this.around.session().hover(position(doc, at)).catch(() => null);
    if (!found) return null;
    const pos = found.range ? offset(doc, found.range.start) : at;
    const end = found.range ? offset(doc, found.range.end) : at;
    return { pos, end, above: true, create: () => ({ dom: element("div", { class: "explained" }, rendered(found.contents.value)) }) };
  }
}

/** Lines fold where the screen is narrow; on a wide one a demand is a table, whose rows stay whole. */
function wrapped(): Extension {
  return NARROW.matches ? EditorView.lineWrapping : [];
}

/** The slash nearest to a place in a line, before or behind it, that no backslash stands before; -1 or the line's length for none. */
function slash(text: string, at: number, step: 1 | -1): number {
  let place = step === 1 ? at : at - 1;
  while (place >= 0 && place < text.length && (text[place] !== "/" || text[place - 1] === "\\")) place += step;
  return place;
}
