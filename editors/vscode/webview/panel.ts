// What runs in the panel of a reference message: links that are followed, and the numbers that come after the message.
import { numbersShown } from "../../shared/numbers/numbers";
import { draw } from "../../shared/numbers/plot";
import type { Numbers, Source } from "../../shared/numbers/tables";

/** What the extension sends: the numbers below the message, or a text that stands there meanwhile, or in their place. */
export interface Sent {
  readonly numbers?: Numbers;
  readonly text?: string;
}

/** What the panel sends: that it listens, the number of the link that was followed, or the source of a figure. */
export interface Followed {
  readonly ready?: true;
  readonly target?: number;
  readonly source?: Source;
}

declare function acquireVsCodeApi(): { postMessage(message: Followed): void };

const host = acquireVsCodeApi();
const nonce = document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "";

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest("a[href^='#vkd-']");
  if (link !== null) {
    event.preventDefault();
    host.postMessage({ target: Number(link.getAttribute("href")!.slice("#vkd-".length)) });
  }
});

window.addEventListener("message", ({ data }: MessageEvent<Sent>) => {
  const place = document.getElementById("numbers")!;
  place.replaceChildren(data.numbers === undefined ? paragraph(data.text ?? "") : numbersShown(data.numbers, { draw: async () => draw, nonce, source: link }));
  place.scrollIntoView({ block: "start" });
});

function link(source: Source, words: string): Node {
  const made = document.createElement("a");
  made.href = "#";
  made.append(words);
  made.addEventListener("click", (event) => {
    event.preventDefault();
    host.postMessage({ source });
  });
  return made;
}

function paragraph(text: string): Node {
  const made = document.createElement("p");
  made.className = "note";
  made.append(text);
  return made;
}

host.postMessage({ ready: true });
