// Every answer to a demand as a table that can be searched, and the answer as files to take along.
import type { View } from "./address";
import { element } from "./markdown";
import type { TextKey } from "./texts";

/** What `vkd run --output-format json` says, as far as the page reads it. */
export type Run = { demands: Demand[] };
type Demand = { id: string; covers: Cover[]; products: Record<string, About> };
type About = { title: string | null; collection: string | null };
type Cover = {
  group: number;
  grade: string;
  members: string[];
  linkage: { verdict: Verdict; across?: boolean }[];
};
type Verdict = "yes" | "unknown" | "no";

export type Around = {
  say: (key: TextKey, ...facts: (string | number)[]) => string;
  open: (view: View) => void;
};

/** A row of the table: what it is searched by, and how it is drawn. */
type Row = { text: string; cells: () => (Node | string)[] };

const LINKED = { yes: "linkedYes", unknown: "linkedUnknown", no: "linkedNo" } as const;

/** So many rows are drawn before one is asked whether to draw more. */
const MOST = 100;

/** The table of all answers to one demand, with a field that leaves those standing that have some text in them. */
export function table(run: Run, { say, open }: Around): HTMLElement {
  const rows = run.demands.flatMap((demand) => demand.covers.map((cover) => row(demand, cover, say, open)));
  const heads = (["sets", "grade", "linkage"] as const).map((key) => element("th", { scope: "col" }, say(key)));
  const body = element("tbody");
  const count = element("p", { class: "help", role: "status" });
  const field = element("input", { type: "search", id: "filter", autocomplete: "off", spellcheck: "false" }) as HTMLInputElement;
  const show = (most: number) => {
    const wanted = field.value.toLocaleLowerCase();
    const left = rows.filter(({ text }) => text.includes(wanted));
    body.replaceChildren(...left.slice(0, most).map(({ cells }) => element("tr", {}, ...cells().map((cell) => element("td", {}, cell)))));
    count.replaceChildren(say("answersLeft", left.length, rows.length));
    if (left.length > most) {
      const more = element("button", { type: "button" }, say("showMore", left.length - most));
      more.addEventListener("click", () => show(most + MOST));
      count.append(" ", more);
    }
  };
  field.addEventListener("input", () => show(MOST));
  show(MOST);
  const made = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body);
  return element(
    "div",
    {},
    element("label", { for: "filter" }, say("filter")),
    field,
    count,
    element("div", { class: "wide", tabindex: "0", role: "group", "aria-label": say("everyAnswer") }, made),
  );
}

/** The answers as a table for a spreadsheet: semicolons and a byte order mark, as those of the north open it. */
export function csv(run: Run, say: Around["say"]): string {
  const heads = [say("demand"), say("group"), say("grade"), say("sets"), say("linkage")];
  const rows = run.demands.flatMap(({ id, covers }) =>
    covers.map((cover) => [id, String(cover.group), said(cover.grade, say), cover.members.join(" + "), linkage(cover, say)]),
  );
  return `\ufeff${[heads, ...rows].map((cells) => cells.map(cell).join(";")).join("\r\n")}\r\n`;
}

/** A cell; what a spreadsheet would take for a formula begins with an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function row({ products }: Demand, cover: Cover, say: Around["say"], open: Around["open"]): Row {
  const titles = cover.members.map((id) => products[id]?.title ?? "");
  const [grade, linked] = [said(cover.grade, say), linkage(cover, say)];
  const candidates = candidatesOf(cover, products);
  const text = [...cover.members, ...titles, ...candidates.map(({ collection }) => collection), grade, linked].join("\n").toLocaleLowerCase();
  const sets = () => {
    const list = candidates.map((one) => element("li", {}, ...candidate(one, products, open)));
    return element("ul", { class: "list" }, ...list);
  };
  return { text, cells: () => [sets(), grade, linked] };
}

type Candidate = { collection: string; products: string[] };

/** The products of an answer that is of no collection, each by itself, and the editions of each collection together. */
function candidatesOf({ members }: Cover, about: Demand["products"]): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const id of members) {
    const collection = about[id]?.collection ?? "";
    const key = collection ? `of ${collection.toLocaleLowerCase()}` : `is ${id}`;
    const had = found.get(key) ?? { collection, products: [] };
    found.set(key, { ...had, products: [...had.products, id] });
  }
  return [...found.values()];
}

/** What a candidate is called, and the editions of a collection that are needed: the first and the last of many. */
function candidate({ collection, products }: Candidate, about: Demand["products"], open: Around["open"]): (Node | string)[] {
  const ends = products.length > 3 ? [products[0]!, products.at(-1)!] : products;
  const links = ends.map((id) => link(about[id]?.title || id, { kind: "product", id }, open));
  const listed = links.flatMap((one, at) => (at ? [products.length > 3 ? " … " : ", ", one] : [one]));
  return collection ? [link(collection, { kind: "collection", id: collection }, open), ": ", ...listed] : listed;
}

function link(label: string, view: View, open: Around["open"]): HTMLElement {
  const made = element("button", { type: "button", class: "link" }, label);
  made.addEventListener("click", () => open(view));
  return made;
}

function said(grade: string, say: Around["say"]): string {
  return say(`grade-${grade}` as TextKey);
}

/** The weakest verdict on the sets that must be linked; nothing where none must. */
function linkage({ linkage: pairs }: Cover, say: Around["say"]): string {
  const verdicts = pairs.filter(({ across }) => !across).map(({ verdict }) => verdict);
  const weakest = (["no", "unknown", "yes"] as const).find((verdict) => verdicts.includes(verdict));
  return weakest ? say(LINKED[weakest]) : "";
}
