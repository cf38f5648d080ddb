// What is laid over the text: colours, the lens of each demand, and hints, as the server tells them. Their words are written by
// the style sheet and are no text in the page: a browser that types over a selection could leave such text in the demand.
import { StateEffect, StateField, type Range, type StateEffectType, type Text } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import { element } from "./markdown";
import { offset, type InlayHint } from "./protocol";

export type Laid = Range<Decoration>;
export type Layer = { shown: StateEffectType<DecorationSet>; field: StateField<DecorationSet> };

export const COLOURS = layer();
export const LENSES = layer();
export const HINTS = layer();

/** What puts some decorations in place of those that a layer has. */
export function laid({ shown }: Layer, decorations: Iterable<Laid>): StateEffect<DecorationSet> {
  return shown.of(Decoration.set([...decorations], true));
}

/** Decodes LSP's semantic tokens: five numbers each, places relative to the token before. */
export function* coloured(data: number[], types: string[], place: (at: { line: number; character: number }) => number): Generator<Laid> {
  let line = 0;
  let character = 0;
  for (let at = 0; at + 4 < data.length; at += 5) {
    const [down, right, length, type] = data.slice(at, at + 4) as [number, number, number, number];
    line += down;
    character = down ? right : character + right;
    const from = place({ line, character });
    const to = place({ line, character: character + length });
    if (to > from) yield Decoration.mark({ class: `token-${types[type]}` }).range(from, to);
  }
}

export function hinted({ position: place, label, paddingLeft }: InlayHint, doc: Text): Laid {
  const at = offset(doc, place);
  const kind = paddingLeft ? (blanksAt(doc, at) >= label.length ? "hint-over" : "hint-behind") : "hint-opens";
  return Decoration.widget({ widget: new Hint(label, kind), side: paddingLeft ? 1 : -1 }).range(at);
}

/** A button above a line, which runs the demand that begins there. */
export function pressable(title: string, line: number, run: (line: number) => void, doc: Text): Laid {
  return Decoration.widget({ widget: new Lens(title, line, run), side: -1, block: true }).range(offset(doc, { line, character: 0 }));
}

/** Something laid over the text; an edit moves it until the server has said what it is now. */
function layer(): Layer {
  const shown = StateEffect.define<DecorationSet>();
  const field = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update: (had, transaction) => {
      const effect = transaction.effects.find((one) => one.is(shown));
      return effect ? (effect.value as DecorationSet) : had.map(transaction.changes);
    },
    provide: (one) => EditorView.decorations.from(one),
  });
  return { shown, field };
}

/** A word that stands for a ditto lies over the blanks behind it where they have room, so that columns stay columns. */
class Hint extends WidgetType {
  constructor(private readonly text: string, private readonly kind: "hint-over" | "hint-behind" | "hint-opens") {
    super();
  }

  override eq(other: Hint): boolean {
    return this.text === other.text && this.kind === other.kind;
  }

  // What a hint says is told at the cursor; read out inside a line it would sound like part of it.
  toDOM(): HTMLElement {
    return element("span", { class: this.kind, "aria-hidden": "true" }, element("span", { class: "hint", "data-hint": this.text }));
  }
}

/** The lens of the demand at a line. A widget that is equal to another is left as it is, so that the line is a part of it. */
class Lens extends WidgetType {
  constructor(private readonly title: string, private readonly line: number, private readonly run: (line: number) => void) {
    super();
  }

  override eq(other: Lens): boolean {
    return this.title === other.title && this.line === other.line;
  }

  toDOM(): HTMLElement {
    const button = element("button", { type: "button", class: "lens", "aria-label": this.title });
    button.addEventListener("click", () => this.run(this.line));
    return element("div", { class: "lens-line" }, button);
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** How many blanks stand at a place in front of something else. */
function blanksAt(doc: Text, at: number): number {
  const line = doc.lineAt(at);
  return /^ +(?=[^ ])/.exec(line.text.slice(at - line.from))?.[0].length ?? 0;
}
