// The catalogue beside the demand: what it holds, a search over all of it, and one concept or product at a time.
import type { Asking } from "../../shared/adding";
import { START, type View } from "./address";
import { element, rendered } from "./markdown";
import { ask, type Collection, type Concept, type Field, type Found, type Named, type Overview, type Product, type Products, type Stored, type Titled } from "./questions";
import type { Language, TextKey } from "./texts";
import { tree, type Branches } from "./tree";

/** What the catalogue asks of the page around it. */
export type Around = {
  say: (key: TextKey, ...facts: (string | number)[]) => string;
  language: () => Language;
  tell: (text: string) => void;
  put: (word: string) => boolean;
  /** Adds a line to the demand that is being written. */
  add: (asking: Asking) => void;
  /** Hears what is opened, `typed` where it is being searched for. */
  opened: (view: View, typed: boolean) => void;
  back: () => void;
  open: (text: string) => void;
  why: (product: string) => Promise<string>;
};

/** So many entries are listed before one is asked whether to list more. */
const MOST = 200;
const VOCABULARIES = ["object-types", "names", "characteristics", "times"] as const;
type VocabularyKey = (typeof VOCABULARIES)[number];

export class Catalogue {
  private overview: Overview | undefined;
  private view: View = START;

  constructor(private readonly root: HTMLElement, private readonly query: HTMLInputElement, private readonly around: Around) {
    let timer = 0;
    query.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void this.search(), 200);
    });
  }

  /** Shows a part of it, in the language that is spoken now. */
  async show(overview: Overview, view: View): Promise<void> {
    this.overview = overview;
    await this.restore(view);
  }

  /** Shows a part again, as back and forward do. What is there no longer leads to the beginning. */
  async restore(view: View): Promise<void> {
    this.query.value = view.kind === "search" ? view.text : "";
    this.view = view;
    await this.drawn().catch(() => this.restore(START));
  }

  /** Opens a part of it. */
  async open(view: View): Promise<void> {
    this.view = view;
    this.around.opened(view, false);
    await this.drawn();
    this.root.querySelector<HTMLElement>("h3")?.focus();
  }

  private async search(): Promise<void> {
    const text = this.query.value;
    this.view = text.trim() ? { kind: "search", text } : START;
    this.around.opened(this.view, true);
    await this.drawn();
  }

  private async drawn(): Promise<void> {
    const { view } = this;
    switch (view.kind) {
      case "start":
        return this.start();
      case "search":
        return this.found(view.text);
      case "concept":
        return this.concept(view.vocabulary as VocabularyKey, view.code);
      case "collection":
        return this.collection(view.id);
      case "product":
        return this.product(view.id, view.line);
    }
  }

  private async start(): Promise<void> {
    const { say } = this.around;
    const parts = [this.folded(say("products"), this.overview?.products, () => this.products())];
    if (this.overview?.registers) parts.push(this.folded(say("registers"), this.overview.registers, () => this.registers()));
    for (const name of VOCABULARIES) {
      const count = this.overview?.vocabularies[name] ?? 0;
      if (count) parts.push(this.folded(say(name), count, () => this.tree(name)));
    }
    const stored = this.overview?.public === false ? await ask<Stored[]>("demands") : [];
    if (stored.length) parts.push(this.folded(say("demands"), stored.length, () => Promise.resolve(this.stored(stored))));
    this.root.replaceChildren(...parts);
  }

  /** A part that is filled when it is first opened. */
  private folded(title: string, count: number | undefined, fill: () => Promise<HTMLElement>): HTMLElement {
    const summary = element("summary", {}, title, " ", element("span", { class: "count" }, String(count ?? "")));
    const details = element("details", { class: "part" }, summary) as HTMLDetailsElement;
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1) void fill().then((filled) => details.append(filled));
    });
    return details;
  }

  private async tree(vocabulary: VocabularyKey): Promise<HTMLElement> {
    const { say, language } = this.around;
    const branches = (below: string, first: number) => ask<Branches>("tree", { vocabulary, below, first: String(first), language: language() });
    return tree(say(vocabulary), branches, (code) => void this.open({ kind: "concept", vocabulary, code }), (left) => say("showMore", left));
  }

  private async products(): Promise<HTMLElement> {
    const { say, language } = this.around;
    const some = (first: number) => ask<Products>("products", { language: language(), first: String(first) });
    return this.inParts(some, ({ id, title, editions }) =>
      editions
        ? this.leading(title || id, { kind: "collection", id }, [title && id, say("editions", editions)].filter(Boolean).join(" · "))
        : this.titled({ id, title }));
  }

  private async registers(): Promise<HTMLElement> {
    const found = await ask<Named[]>("registers", { language: this.around.language() });
    const some = (first: number) => Promise.resolve({ entries: found.slice(first, first + MOST), count: found.length });
    return this.inParts(some, ({ label, code }) => this.leading(label, { kind: "concept", vocabulary: "names", code }, code));
  }

  /** A list of which the next part comes when it is asked for; `part` gives that from a place on, and how many there are. */
  private async inParts<T>(part: (first: number) => Promise<{ entries: T[]; count: number }>, entry: (one: T) => HTMLElement): Promise<HTMLElement> {
    const list = this.list([]);
    const next = async (first: number) => {
      const { entries, count } = await part(first);
      const some = entries.map(entry);
      list.append(...some);
      if (first > 0) some[0]?.querySelector("button")?.focus();
      const shown = first + some.length;
      const left = count - shown;
      if (left <= 0 || !some.length) return;
      const more = element("button", { type: "button" }, this.around.say("showMore", left));
      const last = element("li", {}, more);
      more.addEventListener("click", () => {
        last.remove();
        void next(shown);
      });
      list.append(last);
    };
    await next(0);
    return list;
  }

  private stored(found: Stored[]): HTMLElement {
    return this.list(found.map(({ id, path, profile, text }) => {
      const button = element("button", { type: "button", class: "link" }, id);
      button.addEventListener("click", () => this.around.open(text));
      return element("li", {}, button, " ", element("span", { class: "code" }, profile ? `${path}, ${this.around.say("profile")}` : path));
    }));
  }

  private async found(text: string): Promise<void> {
    const { say, language, tell } = this.around;
    const { concepts, products } = await ask<Found>("search", { text, language: language() });
    if (text !== this.query.value) return;
    const parts: HTMLElement[] = [];
    for (const name of VOCABULARIES) {
      const some = concepts.filter(({ vocabulary }) => vocabulary === name);
      const entries = some.map(({ label, word, code }) => {
        // A concept found by another word says by which.
        const by = word && word !== label && word !== code ? ` · ${word}` : "";
        return this.leading(label, { kind: "concept", vocabulary: name, code }, `${code}${by}`);
      });
      if (entries.length) parts.push(element("h3", {}, say(name)), this.list(entries));
    }
    if (products.length) parts.push(element("h3", {}, say("products")), this.list(products.map((one) => this.titled(one))));
    const count = concepts.length + products.length;
    tell(count ? say("found", count) : say("nothingFound"));
    this.root.replaceChildren(...(parts.length ? parts : [element("p", {}, say("nothingFound"))]));
  }

  private async concept(vocabulary: VocabularyKey, code: string): Promise<void> {
    const { say, language } = this.around;
    const concept = await ask<Concept>("concept", { vocabulary, code, language: language() });
    const above = concept.above.flatMap((one) => [this.link(one.label, { kind: "concept", vocabulary, code: one.code }), " › "]);
    const insert = element("button", { type: "button" }, say("insert"));
    insert.addEventListener("click", () => this.around.tell(this.around.put(concept.insert) ? say("inserted", concept.label) : say("noField")));
    const facts: [string, string][] = [[say("code"), concept.code]];
    if (concept.synonyms.length) facts.push([say("synonyms"), concept.synonyms.join(", ")]);
    facts.push(...concept.facts.map((one): [string, string] => [one.label, one.text]));
    const { products, count, counted } = concept;
    const listed = this.list(products.map((one) => this.titled(one)));
    const more = `${count - products.length}${count < counted ? "" : "+"}`;
    if (count > products.length) listed.append(element("li", { class: "help" }, say("more", more)));
    const below = concept.below.map((one) => this.leading(one.label, { kind: "concept", vocabulary, code: one.code }, one.code));
    this.root.replaceChildren(
      this.backButton(),
      element("p", { class: "kicker" }, say(vocabulary)),
      element("h3", { tabindex: "-1" }, concept.label),
      ...(above.length ? [element("p", { class: "above" }, ...above, concept.label)] : []),
      element("p", {}, concept.definition || say("notDefined")),
      definitions(facts),
      element("p", { class: "actions" }, this.asking(say("askFor"), { vocabulary, code }), insert),
      ...(below.length ? [element("h4", {}, say("below")), this.list(below)] : []),
      element("h4", {}, say("usedIn")),
      products.length ? listed : element("p", { class: "help" }, say("unused")),
    );
  }

  private async collection(id: string): Promise<void> {
    const { say, language } = this.around;
    const { id: name, title, editions } = await ask<Collection>("collection", { id, language: language() });
    const entries = editions.map((one) => {
      const called = [one.time && one.id, one.title === title ? "" : one.title].filter(Boolean).join(" · ");
      return element("li", {}, this.link(one.time || one.id, { kind: "product", id: one.id }), " ", element("span", { class: "code" }, called));
    });
    this.root.replaceChildren(
      this.backButton(),
      element("p", { class: "kicker" }, say("collection")),
      element("h3", { tabindex: "-1" }, title || name),
      ...(title ? [element("p", { class: "above" }, name)] : []),
      element("h4", {}, say("editions", editions.length)),
      this.list(entries),
      ...this.whyNot(name),
    );
  }

  /** What tells why a product or a collection is not among the answers to the demand. */
  private whyNot(name: string): readonly HTMLElement[] {
    const why = element("button", { type: "button" }, this.around.say("whyNot"));
    const explained = element("div", { class: "why" });
    why.addEventListener("click", () => {
      void this.around.why(name).then((text) => {
        explained.replaceChildren(...text.split("\n").map((sentence) => element("p", {}, sentence)));
        this.around.tell(text);
      }, (error: Error) => this.around.tell(error.message));
    });
    return [element("p", { class: "actions" }, why), explained];
  }

  private async product(id: string, line?: number): Promise<void> {
    const { say, language } = this.around;
    const product = await ask<Product>("product", { id, language: language() });
    this.root.replaceChildren(
      this.backButton(),
      element("p", { class: "kicker" }, ...(product.collection ? [this.link(product.collection, { kind: "collection", id: product.collection })] : [say("product")])),
      element("h3", { tabindex: "-1" }, product.title || product.id),
      ...(product.title ? [element("p", { class: "above" }, product.id)] : []),
      element("h4", {}, say("lines")),
      this.lines(product, line),
      element("h4", {}, say("saysOfItself")),
      definitions([...product.facts.map((fact): [string, Node | string] => this.fact(fact)), [say("sensitive"), say(product.sensitive)]]),
      ...this.whyNot(product.id),
    );
    this.root.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  private fact({ label, text, link }: Product["facts"][number]): [string, Node | string] {
    if (text === null) return [label, this.around.say("withheld")];
    return [label, link ? element("a", { href: link, rel: "noopener noreferrer", target: "_blank" }, text) : text];
  }

  /** The lines of a product; what lines in a row have in common stands above them once. */
  private lines(product: Product, line: number | undefined): HTMLElement {
    const { say } = this.around;
    const heads = [...(["number", "characteristic"] as const).map((key) => element("th", { scope: "col" }, say(key))), element("td")];
    const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)));
    let shared = "";
    let body = table;
    for (const { line: number, fields, time } of product.lines) {
      const [objectType, name, characteristic] = fields.map((field) => this.field(field)) as [Node, Node, Node];
      const about = JSON.stringify([...fields.slice(0, 2), time]);
      if (about !== shared) {
        body = element("tbody", {}, element("tr", {}, element("th", { scope: "rowgroup", colspan: "3" }, objectType, " · ", name, ` · ${time}`)));
        table.append(body);
        shared = about;
      }
      const asks = this.asking(say("ask"), { id: product.id, line: String(number) }, say("askForLine", number));
      const cells = [element("td", {}, String(number)), element("td", {}, characteristic), element("td", {}, asks)];
      body.append(element("tr", number === line ? { "aria-current": "true" } : {}, ...cells));
    }
    const more = product.count - product.lines.length;
    return element("div", { class: "wide", tabindex: "0", role: "group", "aria-label": say("lines") }, table, more > 0 ? element("p", { class: "help" }, say("more", more)) : "");
  }

  private field({ vocabulary, code, label }: Field): Node {
    return code ? this.link(label, { kind: "concept", vocabulary, code }) : new Text(label);
  }

  /** A button that adds a line which asks for something. */
  private asking(title: string, what: Record<string, string>, label = title): HTMLElement {
    const button = element("button", { type: "button", class: "ask", "aria-label": label }, title);
    button.addEventListener("click", () => void ask<Asking>("line", { ...what, language: this.around.language() }).then(this.around.add));
    return button;
  }

  private backButton(): HTMLElement {
    const button = element("button", { type: "button", class: "back" }, `‹ ${this.around.say("back")}`);
    button.addEventListener("click", () => this.around.back());
    return button;
  }

  private list(entries: HTMLElement[]): HTMLElement {
    return element("ul", { class: "list" }, ...entries);
  }

  /** A product by what people call it, its identification beside that. */
  private titled({ id, title }: Titled): HTMLElement {
    return this.leading(title || id, { kind: "product", id }, title && id);
  }

  private leading(label: string, view: View, beside = ""): HTMLElement {
    return element("li", {}, this.link(label, view), " ", element("span", { class: "code" }, beside));
  }

  private link(label: string, view: View): HTMLElement {
    const button = element("button", { type: "button", class: "link" }, label);
    button.addEventListener("click", () => void this.open(view));
    return button;
  }
}

function definitions(facts: [string, Node | string][]): HTMLElement {
  return element("dl", {}, ...facts.flatMap(([term, said]) => [element("dt", {}, term), element("dd", {}, said)]));
}

/** A rule's explanation is Markdown, like everything the server explains. */
export async function ruleView(code: string, language: Language): Promise<DocumentFragment> {
  const { markdown } = await ask<{ markdown: string }>("rule", { code, language });
  return rendered(markdown, { level: 3 });
}
