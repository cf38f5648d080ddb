// What the address of the page says, so that back and forward, a bookmark and a link lead where one was: which part of the
// catalogue is open, the demand, and whether it was run.
import type { Pane } from "./panes";

/** A part of the catalogue that can be open. */
export type View =
  | { kind: "start" }
  | { kind: "search"; text: string }
  | { kind: "concept"; vocabulary: string; code: string }
  | { kind: "collection"; id: string }
  | { kind: "product"; id: string; line?: number };

/** `ran` is the line, from 0, of the demand that is answered; without it the demand stands there and is not run. */
export type Place = { view: View; demand?: string; ran?: number };

export const START: View = { kind: "start" };

/** The part of an address behind its `#`. */
export function written({ view, demand, ran }: Place): string {
  const parts = new URLSearchParams();
  if (view.kind !== "start") parts.set("view", path(view));
  if (demand !== undefined) parts.set("demand", demand);
  if (ran !== undefined) parts.set("ran", String(ran));
  return parts.toString();
}

/** What such a part says; what it does not say, or says in no known way, is left out. */
export function read(hash: string): Place {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const [demand, ran] = [parts.get("demand"), parts.get("ran")];
  return {
    view: viewOf(parts.get("view") ?? ""),
    ...(demand === null ? {} : { demand }),
    ...(ran !== null && /^\d{1,9}$/.test(ran) ? { ran: Number(ran) } : {}),
  };
}

/** What a place is about: its answer, else what is open of the catalogue, else the demand. */
export function paneOf({ view, ran }: Place): Pane {
  return ran !== undefined ? "message" : view.kind === "start" ? "demand" : "catalogue";
}

/** Where back and forward lead: to what differs between two places. */
export function paneLed(to: Place, from: Place): Pane {
  if (to.demand !== from.demand || to.ran !== from.ran) return to.ran === undefined ? "demand" : "message";
  return to.view.kind === "start" ? paneOf(to) : "catalogue";
}

function path(view: View): string {
  const { kind, ...rest } = view;
  return [kind, ...Object.values(rest).map(String)].map(encodeURIComponent).join("/");
}

function viewOf(text: string): View {
  const [kind, first, second] = text.split("/").map(decoded);
  if (!first) return START;
  switch (kind) {
    case "search":
      return { kind, text: first };
    case "concept":
      return second ? { kind, vocabulary: first, code: second } : START;
    case "collection":
      return { kind, id: first };
    case "product":
      return { kind, id: first, ...(second && /^\d{1,9}$/.test(second) ? { line: Number(second) } : {}) };
    default:
      return START;
  }
}

/** A part of a path; one that is no such text, as somebody may have written it, names nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
