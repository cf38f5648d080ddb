// Each place of the page has an address, and each address a place.
import * as assert from "node:assert/strict";
import { test } from "node:test";
import { read, START, written, type Place } from "../src/address";

const PLACES: Place[] = [
  { view: START },
  { view: { kind: "search", text: "kjønn / 50 % & #" } },
  { view: { kind: "concept", vocabulary: "names", code: "dk:A.1" } },
  { view: { kind: "collection", id: "IND" } },
  { view: { kind: "product", id: "a/b#c", line: 3 } },
  { view: { kind: "product", id: "a b" }, demand: "0 / Demand description / me\n1 / - / - / - / - / .\n", ran: 0 },
];

for (const place of PLACES) {
  test(`there and back: ${JSON.stringify(place)}`, () => assert.deepEqual(read(`#${written(place)}`), place));
}

for (const hash of ["", "#", "#view=", "#view=product/", "#view=concept/names", "#view=nothing/x", "#view=search/%25E0%25A4%25A", "#ran=x", "#ran=-1"]) {
  test(`what says nothing known is the beginning: ${hash}`, () => assert.deepEqual(read(hash), { view: START }));
}
