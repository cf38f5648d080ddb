// The numbers of an answer as elements: for each table a plot where one says something, the table itself, what its figures rest on,
// and what must be said of them. Nothing is ever parsed as HTML.
import type { Draw } from "./plot";
import { type Cell, type Dataset, filled, type Numbers, plottedIn, type Row, type Source, type Table, tableOf } from "./tables";

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
  const shown = element("section", { class: "numbers", lang: numbers.language }, element("h4", {}, numbers.words.numbers));
  for (const dataset of numbers.tables) shown.append(...one(dataset, numbers, around));
  // What holds for all of them is said once.
  const [first] = numbers.tables;
  if (first !== undefined) {
    const said = [first.note[0] ?? "", filled(numbers.words.revision, { revision: first.extension.revision })];
    shown.append(element("p", { class: "note" }, said.join(" ")));
  }
  return shown;
}

function one(dataset: Dataset, numbers: Numbers, around: Around): Node[] {
  const table = tableOf(dataset);
  const plot = plotOf(dataset, table, numbers, around);
  const { sources, revision } = dataset.extension;
  const words = sources.map(({ product, line }) => `${product}, ${filled(numbers.words.line, { line })}`);
  const cited = (cell: Cell): string => (cell.source === undefined ? "" : `${words[cell.source]}. ${filled(numbers.words.revision, { revision })}`);
  const made = drawnTable(table, { cited, marked: sources.length > 1, titled: plot.length > 0, language: numbers.language });
  const rest = table.rows.length - MOST;
  return [
    ...plot,
    element("div", { class: "wide", tabindex: "0", role: "group", "aria-label": table.title }, made),
    ...(rest > 0 ? [element("p", { class: "note" }, filled(numbers.words.more, { count: rest }))] : []),
    element("p", { class: "note" }, `${numbers.words.source}: `, ...sources.flatMap((source, at) => [
      ...(at ? ["; "] : []),
      ...(sources.length > 1 ? [element("sup", {}, String(at + 1))] : []),
      around.source(source, words[at]!),
    ]), "."),
    ...dataset.note.slice(1).map((note) => element("p", { class: "note" }, note)),
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
      const value = cell.value === null ? (cell.source === undefined ? "" : "–") : cell.value.toLocaleString(language, { maximumFractionDigits: 20 });
      const mark = marked && cell.source !== undefined ? [element("sup", {}, String(cell.source + 1))] : [];
      return element("td", { class: "figure", ...(cell.source === undefined ? {} : { title: cited(cell) }) }, value, ...mark);
    }));
}

function element(name: string, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
