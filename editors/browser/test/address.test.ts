// Each place of the page has an address, and each address a place.
import * as assert from "node:assert/strict";
import { test } from "node:test";
import { paneLed, paneOf, read, START, written, type Place } from "../src/address";

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

const PRODUCT: Place = { view: { kind: "product", id: "p" } };
const ASKED: Place = { view: START, demand: "0 / x" };

test("a place is about what was answered, what is open, or the demand", () => {
  assert.equal(paneOf(ASKED), "demand");
  assert.equal(paneOf(PRODUCT), "catalogue");
  assert.equal(paneOf({ ...PRODUCT, ...ASKED, ran: 0 }), "message");
});

test("back leads to what differs", () => {
  assert.equal(paneLed(ASKED, { ...ASKED, ran: 0 }), "demand");
  assert.equal(paneLed({ ...ASKED, ran: 0 }, ASKED), "message");
  assert.equal(paneLed({ ...ASKED, ran: 0 }, { ...ASKED, ...PRODUCT, ran: 0 }), "message");
  assert.equal(paneLed({ ...ASKED, ...PRODUCT, ran: 0 }, { ...ASKED, ran: 0 }), "catalogue");
  assert.equal(paneLed(ASKED, { ...ASKED, ...PRODUCT }), "demand");
});
