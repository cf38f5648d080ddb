// The tables of `vkd.data` (docs/language.md section 12), laid out to be read: what runs down, what runs across, and what is fixed.

/** A table as JSON-stat says it, as far as it is read here. */
export interface Dataset {
  readonly label: string;
  readonly note: readonly string[];
  readonly id: readonly string[];
  readonly size: readonly number[];
  readonly role: { readonly metric: readonly string[]; readonly time?: readonly string[] };
  readonly dimension: Readonly<Record<string, Dimension>>;
  readonly value: readonly (number | null)[];
  readonly extension: {
    readonly revision: string;
    readonly sources: readonly Source[];
    readonly cited: readonly (number | null)[];
    readonly beside?: readonly (readonly number[] | null)[];
  };
}

interface Dimension {
  readonly label: string;
  readonly category: {
    readonly index: readonly string[];
    readonly label: Readonly<Record<string, string>>;
    readonly unit?: Readonly<Record<string, { readonly label: string }>>;
  };
}

/** A sentence that describes figures: a product, and a line of its description. */
export interface Source {
  readonly product: string;
  readonly line: number;
}

/** The answer of `vkd.data`; `words` are what is said around the tables, in the language of the demand, with facts in braces. */
export interface Numbers {
  readonly language: string;
  readonly tables: readonly Dataset[];
  readonly words: Readonly<Record<Word, string>>;
}

export type Word = "numbers" | "source" | "line" | "revision" | "more" | "drawn";

/** Numbers that `vkd.data` would compute when they are chosen: of which answer, and the lines by which its units can be divided, or whose
 * values can be added up; none where the demand says it all. */
export interface Offer {
  readonly answer: number;
  readonly choices: readonly Choice[];
}

export interface Choice {
  readonly line: number;
  readonly label: string;
  readonly is_added: boolean;
}

/** How the units of an answer are divided, and what is added up of them. */
export interface Crossing {
  readonly table: readonly number[];
  readonly of?: number;
  readonly function?: "sum" | "mean";
}

/** A figure, `null` where there is none or it is withheld, and the numbers of the sources that describe it; none of what is no cell. */
export interface Cell {
  readonly value: number | null;
  readonly sources: readonly number[];
}

export interface Row {
  readonly heads: readonly string[];
  readonly cells: readonly Cell[];
}

/** A table to be drawn. `fixed` are the dimensions of one category with it, `heads` those that run down, `across` the one that runs
 * to the right, and `columns` its categories; where none does, the one column is called as the figures are. */
export interface Table {
  readonly title: string;
  readonly fixed: readonly string[];
  readonly heads: readonly string[];
  readonly across: string | undefined;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** A value of a series at a place of the axis. */
export interface Point {
  readonly at: string;
  readonly series: string;
  readonly value: number;
}

/** What is plotted: over time a line for each series, or a bar for each class. Places and series are in their order. */
export interface Plotted {
  readonly kind: "time" | "classes";
  readonly axis: string;
  readonly places: readonly string[];
  readonly series: readonly string[];
  readonly points: readonly Point[];
}

/** The category of all categories together. */
const TOTAL = "_T";
/** A table that is wider than so many columns is laid out downwards. */
const WIDEST = 12;
/** So many lines can be told from each other, and so many bars are read. */
const SERIES = 10;
const BARS = 60;

export function tableOf(dataset: Dataset): Table {
  const running = runningIn(dataset);
  const last = running.at(-1);
  const across = running.length > 1 && last !== undefined && dataset.size[last]! <= WIDEST ? last : undefined;
  const down = running.filter((at) => at !== across);
  const rows = new Map<string, { heads: string[]; cells: Cell[] }>();
  const empty = (): Cell[] => Array.from({ length: across === undefined ? 1 : dataset.size[across]! }, () => ({ value: null, sources: [] }));
  for (const { places, cell } of cellsOf(dataset)) {
    if (cell.sources.length === 0) continue;
    const heads = down.map((at) => categoryAt(dataset, at, places[at]!));
    const key = down.map((at) => places[at]).join();
    const row = rows.get(key) ?? { heads, cells: empty() };
    row.cells[across === undefined ? 0 : places[across]!] = cell;
    rows.set(key, row);
  }
  return {
    title: titleOf(dataset),
    fixed: fixedIn(dataset).map((at) => `${labelAt(dataset, at)}: ${categoryAt(dataset, at, 0)}`),
    heads: down.map((at) => labelAt(dataset, at)),
    across: across === undefined ? undefined : labelAt(dataset, across),
    columns: across === undefined ? [dataset.label] : dataset.dimension[dataset.id[across]!]!.category.index.map((_, place) => categoryAt(dataset, across, place)),
    rows: [...rows.values()],
  };
}

/** What a table's plot shows; `undefined` where neither time nor one classification runs, or too much does to be seen. */
export function plottedIn(dataset: Dataset): Plotted | undefined {
  const running = runningIn(dataset);
  const time = running.find((at) => dataset.role.time?.includes(dataset.id[at]!));
  const others = running.filter((at) => at !== time);
  const [other] = others;
  if (others.length > 1 || running.length === 0) return undefined;
  const most = time === undefined ? BARS : SERIES;
  if (other !== undefined && dataset.size[other]! > most) return undefined;
  const axis = time ?? other!;
  const series = time === undefined ? undefined : other;
  // All together would dwarf its parts.
  const isTotal = (places: readonly number[]): boolean => running.some((at) => dataset.dimension[dataset.id[at]!]!.category.index[places[at]!] === TOTAL);
  const points = [...cellsOf(dataset)].flatMap(({ places, cell }) => cell.value === null || isTotal(places) ? [] : [{
    at: categoryAt(dataset, axis, places[axis]!),
    series: series === undefined ? "" : categoryAt(dataset, series, places[series]!),
    value: cell.value,
  }]);
  return {
    kind: time === undefined ? "classes" : "time",
    axis: labelAt(dataset, axis),
    places: partsAt(dataset, axis),
    series: series === undefined ? [""] : partsAt(dataset, series),
    points,
  };
}

/** What is said of all of some tables alike, and of each beside it. */
export function notesOf(tables: readonly Dataset[]): { readonly all: readonly string[]; readonly each: readonly (readonly string[])[] } {
  const all = (tables[0]?.note ?? []).filter((note) => tables.every((table) => table.note.includes(note)));
  return { all, each: tables.map(({ note }) => note.filter((one) => !all.includes(one))) };
}

/** What a table is of, and in which measure. */
export function titleOf(dataset: Dataset): string {
  const [metric] = dataset.role.metric;
  const unit = metric === undefined ? undefined : dataset.dimension[metric]!.category.unit?.[metric]?.label;
  return unit ? `${dataset.label} (${unit})` : dataset.label;
}

/** A text with its facts in place of their names in braces. */
export function filled(text: string, facts: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (braces, name: string) => String(facts[name] ?? braces));
}

/** The cells in their order: the place of each in every dimension. */
function* cellsOf(dataset: Dataset): Generator<{ places: number[]; cell: Cell }> {
  for (const [at, value] of dataset.value.entries()) {
    let rest = at;
    const places = dataset.size.map(() => 0);
    for (let dimension = dataset.size.length - 1; dimension >= 0; dimension -= 1) {
      const size = dataset.size[dimension]!;
      places[dimension] = rest % size;
      rest = Math.floor(rest / size);
    }
    const cited = dataset.extension.cited[at];
    yield { places, cell: { value, sources: typeof cited === "number" ? [cited, ...(dataset.extension.beside?.[at] ?? [])] : [] } };
  }
}

function runningIn(dataset: Dataset): number[] {
  return dataset.id.flatMap((_, at) => (dataset.size[at]! > 1 ? [at] : []));
}

function fixedIn(dataset: Dataset): number[] {
  return dataset.id.flatMap((id, at) => (dataset.size[at] === 1 && !dataset.role.metric.includes(id) ? [at] : []));
}

function labelAt(dataset: Dataset, at: number): string {
  return dataset.dimension[dataset.id[at]!]!.label;
}

/** What the categories of a dimension are called, but for that of all together. */
function partsAt(dataset: Dataset, at: number): string[] {
  const { index } = dataset.dimension[dataset.id[at]!]!.category;
  return index.flatMap((id, place) => (id === TOTAL ? [] : [categoryAt(dataset, at, place)]));
}

function categoryAt(dataset: Dataset, at: number, place: number): string {
  const { index, label } = dataset.dimension[dataset.id[at]!]!.category;
  const id = index[place]!;
  return label[id] ?? id;
}
