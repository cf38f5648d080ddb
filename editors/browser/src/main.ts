// The page: it brings editor, catalogue and message together; its address says what is open and what is asked.
import { numbersShown } from "../../shared/numbers/numbers";
import type { Numbers, Offer } from "../../shared/numbers/tables";
import { numberOf, placeOf, withLinks, type Reference } from "../../shared/references";
import { added, type Asking } from "../../shared/adding";
import { paneLed, paneOf, type View } from "./address";
import { csv, table } from "./answers";
import { Catalogue, ruleView } from "./catalogue";
import { Editor, type Problem } from "./editor";
import { help } from "./help";
import { element, rendered, type Inside } from "./markdown";
import { type Pane, Panes } from "./panes";
import { Places } from "./places";
import { ask, type Overview } from "./questions";
import { Session, type Edits } from "./session";
import { unitsForm } from "./units";
import { LANGUAGES, preferred, say as sayIn, type TextKey } from "./texts";

const PRODUCT = "vkd-product:";
const KEPT_LANGUAGE = "vkd-language";
const SECOND = 1000;
const ATTEMPTS = 3;

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const panes = new Panes(byId("tabs"));
let language = preferred([sessionStorage.getItem(KEPT_LANGUAGE) ?? "", ...navigator.languages]);
const overview = await ask<Overview>("overview");
let session: Session;

const places = new Places((to, from) => {
  if (to.demand !== undefined && to.demand !== editor.text) editor.text = to.demand;
  if (to.ran !== undefined && (to.ran !== from.ran || to.demand !== from.demand)) void run(to.ran, false);
  void catalogue.restore(to.view);
  show(paneLed(to, from));
});
const catalogue = new Catalogue(byId("browse"), byId<HTMLInputElement>("query"), {
  say,
  language: () => language,
  tell,
  put: (word) => editor.putIn(word),
  add,
  opened: (view, typed) => (typed ? places.stay({ view }) : places.step({ view })),
  back: () => history.back(),
  open: (text) => {
    editor.text = text;
    show("demand");
  },
  why: (product) => session.why(editor.line, product),
});
const editor = new Editor(byId("editor"), places.here.demand ?? (await example()), {
  session: () => session,
  run: (line) => void run(line),
  runTitle: () => say("runThis"),
  names: () => ({ label: say("demand"), completions: say("completions") }),
  problems: showProblems,
  here: showHere,
  changed: (text) => {
    places.written(text);
    byId("stale").hidden = false;
    byId("relax").replaceChildren();
  },
});

let ran = places.here.ran ?? 0;
let attempts = 0;

show(paneOf(places.here));
listen();
await speak();

function say(key: TextKey, ...facts: (string | number)[]): string {
  return sayIn(language, key, ...facts);
}

/** Says something to those who do not see that it happened; what was said last is not said again. */
function tell(text: string, where: "status" | "wrong" = "status"): void {
  if (byId(where).textContent !== text) byId(where).textContent = text;
}

/** Puts everything into the language that is chosen, the server's words too. */
async function speak(): Promise<void> {
  document.documentElement.lang = language;
  for (const one of document.querySelectorAll<HTMLElement>("[data-text]")) one.textContent = say(one.dataset.text as TextKey);
  for (const id of ["parts", "tabs"]) byId(id).setAttribute("aria-label", say("panes"));
  byId("tools").setAttribute("aria-label", say("tools"));
  const concepts = Object.values(overview.vocabularies).reduce((sum, one) => sum + one, 0);
  document.title = `${overview.name} – ${say("demand")}`;
  byId("name").textContent = overview.name;
  byId("holds").textContent = say("holds", overview.products, concepts);
  byId("mode").textContent = say(overview.public ? "public" : "private");
  byId("answer").replaceChildren(element("p", { class: "help" }, say("nothingRun")));
  byId("relax").replaceChildren();
  showNumbers();
  byId("stale").hidden = true;
  byId("help").replaceChildren(...help(say));
  editor.speak();
  connect();
  await catalogue.show(overview, places.here.view);
}

/** A server of the chosen language; what was answered is answered again, unless the demand has changed since. */
function connect(): void {
  session?.close();
  const opened = new Session(language, say("demand"), () => editor.view.state.doc, () => lost(opened));
  session = opened;
  session.onDiagnostics = (found) => void editor.diagnosed(found);
  session.onRefresh = () => void editor.refresh().catch(() => undefined);
  void opened.ready.then(() => (attempts = 0), () => undefined);
  void editor.refresh().catch(() => undefined);
  if (byId("stale").hidden) void run(ran, false);
}

/** A connection that a sleeping machine let go is opened again; a server that does not come back has ended. */
function lost(which: Session): void {
  if (which !== session) return;
  if (attempts < ATTEMPTS) {
    attempts += 1;
    setTimeout(connect, attempts * SECOND);
  } else byId("problems").replaceChildren(element("p", { class: "gone", role: "alert" }, say("gone")));
}

function show(pane: Pane): void {
  panes.show(pane);
}

async function example(): Promise<string> {
  return (await ask<{ text: string }>("example", { language })).text;
}

/** Runs the demand at a line, and shows its message. What is run without being asked for takes nobody anywhere. */
async function run(line: number, asked = true): Promise<void> {
  const answer = byId("answer");
  ran = line;
  if (asked) tell(say("running"));
  try {
    const told = await session.message(line);
    answer.replaceChildren(rendered(withLinks(told), { level: 2, inside: linksOf(told.references) }));
  } catch {
    if (asked) tell(say("noDemand"));
    return;
  }
  byId("stale").hidden = true;
  byId("taken").hidden = false;
  showEvery(line);
  void readNumbers(line);
  void session.relaxations(editor.headerOf(line)).then((found) => showRelaxations(found, line), () => undefined);
  if (!asked) return;
  places.answered(editor.text, line);
  // The first paragraph says what there is.
  tell(answer.querySelector("h3 + p")?.textContent ?? "");
  show("message");
  byId("message").scrollIntoView({ block: "nearest" });
}

/** The numbers of the demand that was run, below its message, or what can be chosen before they are computed. */
async function readNumbers(line: number): Promise<void> {
  showNumbers();
  await answered(line, session.numbers(line), (found) => {
    if (found === null) return;
    if ("tables" in found) showNumbers(drawn(found));
    else showNumbers(offered(found, line));
  });
}

/** Hands on what is found as long as it is still asked for; why it cannot be had is told where the numbers would be. */
async function answered<T>(line: number, asked: Promise<T>, show: (found: T) => void): Promise<void> {
  const [within, before] = [session, ran];
  const isAsked = () => within === session && before === ran && line === ran;
  try {
    const found = await asked;
    if (isAsked()) show(found);
  } catch (error) {
    if (isAsked()) byId("numbers").append(element("p", { class: "note", role: "alert" }, (error as Error).message));
  }
}

function drawn(numbers: Numbers): HTMLElement {
  return numbersShown(numbers, {
    draw: async () => (await import("./drawing.js")).draw,
    nonce: document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "",
    source: ({ product, line: at }, words) => productLink(words, product, at),
  });
}

function offered(offer: Offer, line: number): HTMLElement {
  const form = unitsForm(offer, say, (crossing) => {
    showNumbers(form);
    void answered(line, session.computed(line, offer.answer, crossing), (numbers) => showNumbers(form, drawn(numbers)));
  });
  return form;
}

function showNumbers(...shown: Node[]): void {
  byId("numbers").replaceChildren(...shown);
  byId("to-numbers").hidden = shown.length === 0;
}

/** Every answer, in a table that is made when it is opened. */
function showEvery(line: number): void {
  const summary = element("summary", {}, say("everyAnswer"));
  const details = element("details", { class: "every" }, summary) as HTMLDetailsElement;
  const open = (view: View) => {
    show("catalogue");
    void catalogue.open(view);
  };
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) void session.run(line).then((found) => details.append(table(found, { say, open })));
  });
  byId("every").hidden = false;
  byId("every").replaceChildren(details);
}

/** Adds a line that asks for something to the demand at the cursor, and aligns its columns. */
function add(asking: Asking): void {
  editor.apply(added(editor.text.split("\n"), editor.line, asking));
  void session.formatted().then((edits) => editor.apply(edits));
  tell(say("added"));
}

/** Edits that would let the demand be answered: each is made and tried at once. */
function showRelaxations(found: Edits[], line: number): void {
  const list = found.map(({ title, edits }) => element("li", {}, button(title, () => {
    editor.apply(edits);
    void run(line);
  })));
  byId("relax").replaceChildren(...(list.length ? [element("h3", {}, say("relax")), element("ul", {}, ...list)] : []));
  // There are none to list.
  byId("every").hidden = list.length > 0;
}

/** Makes buttons of the products that a message refers to, which open at the sentence that is named. */
function linksOf(references: readonly Reference[]): Inside {
  return (href, words) => {
    const target = references[numberOf(href) ?? -1]?.target;
    if (target === undefined) return undefined;
    const { uri, line } = placeOf(target);
    // The demand stands beside its message, in a document that has no file.
    if (!uri.startsWith(PRODUCT)) return new Text(words.replace(/^untitled:/, ""));
    return productLink(words, decodeURIComponent(uri.slice(PRODUCT.length)), line);
  };
}

/** What opens a product in the catalogue, at a line of its description. */
function productLink(words: string, id: string, line: number | undefined): HTMLElement {
  return button(words, () => {
    show("catalogue");
    void catalogue.open({ kind: "product", id, ...(line === undefined ? {} : { line }) });
  }, "link");
}

function showHere(explained: Node | null): void {
  byId("here").replaceChildren(...(explained ? [element("h3", {}, say("here")), element("div", { class: "explained" }, explained)] : []));
}

/** The list under the editor: what is wrong, where, and what would put it right. */
function showProblems(problems: Problem[]): void {
  const count = problems.length;
  tell(count === 0 ? say("noProblems") : count === 1 ? say("oneProblem") : say("manyProblems", count), "wrong");
  const entries = problems.map(({ diagnostic, fixes }) => {
    const { line, character } = diagnostic.range.start;
    const place = button(say("line", line + 1), () => editor.goTo(line, character), "link");
    const rule = button(diagnostic.code, () => void ruleView(diagnostic.code, language).then((view) => about.replaceChildren(view)), "link");
    const about = element("div", { class: "rule" });
    const buttons = fixes.map(({ title, edits }) => button(title, () => {
      editor.apply(edits);
      tell(say("fixed", title));
      editor.focus();
    }));
    const severity = ["", "error", "warning", "info", "hint"][diagnostic.severity] ?? "error";
    return element("li", { class: severity }, element("p", {}, place, " ", diagnostic.message, " ", rule), element("p", { class: "fixes" }, ...buttons), about);
  });
  byId("problems").replaceChildren(...(count ? [element("h3", {}, say("problems")), element("ul", { class: "problems" }, ...entries)] : []));
}

function button(title: string, action: () => void, kind = ""): HTMLElement {
  const made = element("button", { type: "button", class: kind }, title);
  made.addEventListener("click", action);
  return made;
}

function listen(): void {
  const chooser = byId<HTMLSelectElement>("language");
  chooser.append(...Object.entries(LANGUAGES).map(([tag, { name }]) => element("option", { value: tag, lang: tag }, name)));
  chooser.value = language;
  chooser.addEventListener("change", () => {
    language = chooser.value;
    sessionStorage.setItem(KEPT_LANGUAGE, language);
    void speak();
  });
  byId("search").addEventListener("submit", (event) => event.preventDefault());
  byId("run").addEventListener("click", () => void run(editor.line));
  byId("align").addEventListener("click", () => void session.formatted().then((edits) => editor.apply(edits)));
  byId("example").addEventListener("click", () => void example().then((text) => (editor.text = text)));
  byId("download").addEventListener("click", () => download(editor.text, "text/plain", `${say("fileName")}.vkd`));
  byId("as-markdown").addEventListener("click", () => void session.message(ran).then(({ text }) => download(text, "text/markdown", `${say("answerName")}.md`)));
  byId("as-csv").addEventListener("click", () => void session.run(ran).then((found) => download(csv(found, say), "text/csv", `${say("answerName")}.csv`)));
  byId("as-json").addEventListener("click", () => void session.run(ran).then((found) => download(JSON.stringify(found, null, 2), "application/json", `${say("answerName")}.json`)));
  byId("to-numbers").addEventListener("click", () => {
    byId("numbers").scrollIntoView({ block: "start" });
    byId("numbers").focus({ preventScroll: true });
  });
  const file = byId<HTMLInputElement>("file");
  byId("open").addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    void file.files?.[0]?.text().then((text) => (editor.text = text));
    file.value = "";
  });
}

function download(text: string, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), SECOND);
}
