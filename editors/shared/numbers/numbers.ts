// The numbers of an answer as elements: for each table a plot where one says something, the table itself, what its figures rest on,
// and what must be said of them. Nothing is ever parsed as HTML.
import type { Draw } from "./plot";
import { type Cell, type Dataset, filled, notesOf, type Numbers, plottedIn, type Row, type Source, type Table, tableOf } from "./tables";

export interface Around {
  /** What draws plots, which is loaded when there is one to draw. */
  readonly draw: () => Promise<Draw>;
  /** What styles carry that the page allows. */
  readonly nonce: string;
  /** What a source becomes that leads to its product; its words where it leads nowhere. */
  readonly source: (source: Source, words: string) => Node | string;
}

/** So many rows of a table are drawn. */
const MOST = 500;

/** All that is shown of the numbers, below a heading of its own. */
export function numbersShown(numbers: Numbers, around: Around): HTMLElement {
  const { all, each } = notesOf(numbers.tables);
  const shown = element("section", { class: "numbers", lang: numbers.language }, element("h4", {}, numbers.words.numbers));
  for (const [at, dataset] of numbers.tables.entries()) shown.append(...one(dataset, each[at]!, numbers, around));
  const revision = numbers.tables[0]?.extension.revision;
  const closing = [...all, ...(revision === undefined ? [] : [filled(numbers.words.revision, { revision })])];
  shown.append(...closing.map((note) => element("p", { class: "note" }, note)));
  return shown;
}

function one(dataset: Dataset, notes: readonly string[], numbers: Numbers, around: Around): Node[] {
  const table = tableOf(dataset);
  const plot = plotOf(dataset, table, numbers, around);
  const { sources, revision } = dataset.extension;
  const words = sources.map(({ product, line }) => `${product}, ${filled(numbers.words.line, { line })}`);
  const cited = (cell: Cell): string => `${cell.sources.map((at) => words[at]).join("; ")}. ${filled(numbers.words.revision, { revision })}`;
  // Where all figures rest on the same, none needs a mark.
  const differing = new Set(table.rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell.sources.length ? [cell.sources.join()] : []))));
  const marked = differing.size > 1;
  const made = drawnTable(table, { cited, marked, titled: plot.length > 0, language: numbers.language });
  const rest = table.rows.length - MOST;
  return [
    ...plot,
    element("div", { class: "wide", tabindex: "0", role: "group", "aria-label": table.title }, made),
    ...(rest > 0 ? [element("p", { class: "note" }, filled(numbers.words.more, { count: rest }))] : []),
    element("p", { class: "note" }, `${numbers.words.source}: `, ...sources.flatMap((source, at) => [
      ...(at ? ["; "] : []),
      ...(marked ? [element("sup", {}, String(at + 1))] : []),
      around.source(source, words[at]!),
    ]), "."),
    ...notes.map((note) => element("p", { class: "note" }, note)),
  ];
}

/** The place of the plot, which is drawn into it when it is there, and again when the place becomes wider or narrower. */
function plotOf(dataset: Dataset, table: Table, numbers: Numbers, around: Around): Node[] {
  const plotted = plottedIn(dataset);
  if (plotted === undefined) return [];
  const place = element("div", { class: "plot" });
  const label = filled(numbers.words.drawn, { label: table.title });
  let drawn = 0;
  const fill = async (): Promise<void> => {
    const width = Math.min(720, Math.floor(place.clientWidth));
    if (width === drawn || width < 80) return;
    drawn = width;
    const draw = await around.draw();
    if (width === drawn) place.replaceChildren(draw(plotted, { width, language: numbers.language, label, nonce: around.nonce }));
  };
  new ResizeObserver(() => void fill()).observe(place);
  return [element("h5", {}, [table.title, ...table.fixed].join(". ")), place];
}

interface Said {
  readonly cited: (cell: Cell) => string;
  readonly marked: boolean;
  /** Whether what the table is called stands above it already. */
  readonly titled: boolean;
  readonly language: string;
}

function drawnTable(table: Table, said: Said): HTMLElement {
  const heads = table.heads.map((head) => element("th", { scope: "col" }, head));
  const columns = table.columns.map((column) => element("th", { scope: "col", class: "figure" }, column));
  const over = table.across === undefined ? [] : [element("tr", {},
    ...(heads.length ? [element("td", { colspan: String(heads.length) })] : []),
    element("th", { scope: "colgroup", class: "across", colspan: String(columns.length) }, table.across))];
  return element("table", {},
    element("caption", said.titled ? { class: "unseen" } : {}, [table.title, ...table.fixed].join(". ")),
    element("thead", {}, ...over, element("tr", {}, ...heads, ...columns)),
    element("tbody", {}, ...table.rows.slice(0, MOST).map((row, at) => drawnRow(row, table.rows[at - 1], said))));
}

/** A row; what stands in it as in the row above is not said to the eye again. */
function drawnRow({ heads, cells }: Row, above: Row | undefined, { cited, marked, language }: Said): HTMLElement {
  let same = above !== undefined;
  return element("tr", {},
    ...heads.map((head, at) => {
      same = same && at < heads.length - 1 && above?.heads[at] === head;
      return element("th", { scope: "row" }, same ? element("span", { class: "unseen" }, head) : head);
    }),
    ...cells.map((cell) => {
      const stands = cell.sources.length > 0;
      const value = cell.value === null ? (stands ? "–" : "") : cell.value.toLocaleString(language, { maximumFractionDigits: 20 });
      const mark = marked && stands ? [element("sup", {}, cell.sources.map((at) => at + 1).join(","))] : [];
      return element("td", { class: "figure", ...(stands ? { title: cited(cell) } : {}) }, value, ...mark);
    }));
}

function element(name: string, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
