// Markdown as the server writes it, made into elements. Nothing is ever parsed as HTML, so no word in it can be markup.
import { lexer, type Token, type Tokens } from "marked";

/** What a link that leads to no address on the web becomes, its words given; `undefined` for the words alone. */
export type Inside = (href: string, words: string) => Node | undefined;
type Options = { level: number; inside: Inside };

/** Markdown as elements; headings go down by `level`. */
export function rendered(markdown: string, { level = 0, inside = () => undefined }: Partial<Options> = {}): DocumentFragment {
  return blocks(lexer(markdown), { level, inside });
}

export function element(name: string, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function blocks(tokens: readonly Token[], options: Options): DocumentFragment {
  const root = document.createDocumentFragment();
  let into: DocumentFragment | HTMLElement = root;
  for (const token of tokens) {
    if (token.type === "html") {
      // The one thing the server writes as HTML is a list that is folded away.
      const summary = /<summary>(.*?)<\/summary>/.exec(token.raw);
      if (summary) {
        into = element("details", {}, element("summary", {}, entities(summary[1]!)));
        root.append(into);
      } else if (token.raw.includes("</details>")) into = root;
    } else into.append(...block(token, options));
  }
  return root;
}

function block(token: Token, options: Options): Node[] {
  switch (token.type) {
    case "heading":
      return [element(`h${Math.min(6, (token as Tokens.Heading).depth + options.level)}`, {}, ...inline(token.tokens, options))];
    case "paragraph":
      return [element("p", {}, ...inline(token.tokens, options))];
    case "text":
      return inline(token.tokens ?? [token], options);
    case "list":
      return [element("ul", {}, ...(token as Tokens.List).items.map((item) => element("li", {}, blocks(item.tokens, options))))];
    case "table":
      return [table(token as Tokens.Table, options)];
    case "code":
      return [element("pre", { tabindex: "0" }, element("code", {}, (token as Tokens.Code).text))];
    case "hr":
      return [element("hr")];
    default:
      return [];
  }
}

function table({ header, rows }: Tokens.Table, options: Options): HTMLElement {
  const head = header.map((cell) => element("th", { scope: "col" }, ...inline(cell.tokens, options)));
  const body = rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, ...inline(cell.tokens, options)))));
  // A table wider than the pane scrolls by itself, by keyboard too.
  const made = element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
  return element("div", { class: "wide", tabindex: "0", role: "group", "aria-label": header.map(({ text }) => text).join(", ") }, made);
}

function inline(tokens: readonly Token[] | undefined, options: Options): Node[] {
  const pieces: Node[] = [];
  let text = "";
  const flush = () => {
    if (text) pieces.push(new Text(text));
    text = "";
  };
  for (const token of tokens ?? []) {
    if (token.type === "text" || token.type === "escape") text += entities((token as Tokens.Text).text);
    else {
      flush();
      pieces.push(phrase(token, options));
    }
  }
  flush();
  return pieces;
}

function phrase(token: Token, options: Options): Node {
  switch (token.type) {
    case "strong":
    case "em":
      return element(token.type, {}, ...inline(token.tokens, options));
    case "codespan":
      return element("code", {}, (token as Tokens.Codespan).text);
    case "link":
      return link(token as Tokens.Link, options);
    case "br":
      return element("br");
    default:
      return new Text(token.raw);
  }
}

function link({ href, tokens }: Tokens.Link, options: Options): Node {
  const words = inline(tokens, options).map((one) => one.textContent).join("");
  if (!/^https?:\/\//i.test(href)) return options.inside(href, words) ?? new Text(words);
  return element("a", { href, rel: "noopener noreferrer", target: "_blank" }, words);
}

function entities(text: string): string {
  const known: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };
  return text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name: string) => known[name] ?? "");
}
