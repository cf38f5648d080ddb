// A vocabulary as a tree, by the pattern that screen readers know: one stop for Tab, arrows inside, branches read when opened.
import { element } from "./markdown";
import type { Named } from "./questions";

/** What is right below a code, from a place on, and how many there are. */
export type Branches = { concepts: (Named & { more: boolean })[]; count: number };

/** `branches` gives what is below a code (an empty one for the top), `open` shows one concept, `rest` says how many are left. */
export async function tree(
  label: string,
  branches: (below: string, first: number) => Promise<Branches>,
  open: (code: string) => void,
  rest: (left: number) => string,
): Promise<HTMLElement> {
  const root = element("ul", { role: "tree", "aria-label": label, class: "tree" });
  root.append(...(await items("")));
  visible(root)[0]?.setAttribute("tabindex", "0");
  root.addEventListener("keydown", (event) => void pressed(event));
  root.addEventListener("click", (event) => void clicked(event));
  return root;

  async function items(below: string, first = 0): Promise<HTMLElement[]> {
    const { concepts, count } = await branches(below, first);
    const found = concepts.map(({ code, label: name, more }) => {
      const line = element("span", { class: "line" }, element("span", { class: "mark", "aria-hidden": "true" }), element("span", { class: "word" }, name), " ", element("span", { class: "code" }, code));
      return element("li", { role: "treeitem", tabindex: "-1", "data-code": code, ...(more ? { "aria-expanded": "false" } : {}) }, line);
    });
    const shown = first + concepts.length;
    if (shown < count) {
      const line = element("span", { class: "line" }, element("span", { class: "mark", "aria-hidden": "true" }), element("span", { class: "word" }, rest(count - shown)));
      found.push(element("li", { role: "treeitem", tabindex: "-1", "data-code": below, "data-first": String(shown) }, line));
    }
    return found;
  }

  /** Opens a concept, or brings in those that follow. */
  async function chosen(item: HTMLElement): Promise<void> {
    const { code, first } = item.dataset;
    if (first === undefined) {
      open(code!);
      return;
    }
    const next = await items(code!, Number(first));
    item.replaceWith(...next);
    move(next[0]);
  }

  async function unfold(item: HTMLElement): Promise<void> {
    item.setAttribute("aria-expanded", "true");
    if (!item.querySelector(":scope > ul")) item.append(element("ul", { role: "group" }, ...(await items(item.dataset.code!))));
  }

  async function clicked(event: MouseEvent): Promise<void> {
    const item = (event.target as HTMLElement).closest<HTMLElement>("[role=treeitem]");
    if (!item) return;
    if ((event.target as HTMLElement).closest(".mark") && item.hasAttribute("aria-expanded")) {
      if (item.getAttribute("aria-expanded") === "true") item.setAttribute("aria-expanded", "false");
      else await unfold(item);
      move(item);
    } else await chosen(item);
  }

  async function pressed(event: KeyboardEvent): Promise<void> {
    const item = (event.target as HTMLElement).closest<HTMLElement>("[role=treeitem]");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = visible(root);
    const at = all.indexOf(item);
    const expanded = item.getAttribute("aria-expanded");
    const handled: Record<string, () => void | Promise<void>> = {
      ArrowDown: () => move(all[at + 1]),
      ArrowUp: () => move(all[at - 1]),
      Home: () => move(all[0]),
      End: () => move(all.at(-1)),
      ArrowRight: () => (expanded === "false" ? unfold(item) : expanded === "true" ? move(all[at + 1]) : undefined),
      ArrowLeft: () => (expanded === "true" ? item.setAttribute("aria-expanded", "false") : move(item.parentElement?.closest<HTMLElement>("[role=treeitem]"))),
      Enter: () => chosen(item),
      " ": () => chosen(item),
    };
    const action = handled[event.key];
    if (!action) return;
    event.preventDefault();
    await action();
  }

  function move(to: HTMLElement | null | undefined): void {
    if (!to) return;
    root.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    to.focus();
  }
}

/** The items that can be seen, from top to bottom. */
function visible(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[role=treeitem]")].filter((item) => !item.parentElement?.closest("[aria-expanded=false]"));
}
