// Links made of what a message refers to: of these and of nothing else.
import * as assert from "node:assert/strict";
import { test } from "node:test";
import { numberOf, placeOf, withLinks } from "../../../shared/references";

const reference = (start: number, end: number): { start: number; end: number; target: string } => ({ start, end, target: "file:///a.vkd#L1" });

test("places count code points, so that letters beyond the first plane move nothing", () => {
  assert.equal(withLinks({ text: "å 😀 form: form\r\n", references: [reference(4, 8)] }), "å 😀 [form](#vkd-0): form\r\n");
});

test("a word that is not referred to is no link, though a product is called so", () => {
  assert.equal(withLinks({ text: "## 2. I hvilken form\n\n- ft70\n", references: [reference(24, 28)] }), "## 2. I hvilken form\n\n- [ft70](#vkd-0)\n");
});

test("of two names of which one is part of the other each has its own link", () => {
  assert.equal(withLinks({ text: "ft og ft-2", references: [reference(0, 2), reference(6, 10)] }), "[ft](#vkd-0) og [ft-2](#vkd-1)");
});

test("a name that looks like a link is the words of its own", () => {
  assert.equal(withLinks({ text: "\\[a\\](x)", references: [reference(0, 8)] }), "[\\[a\\]\\(x)](#vkd-0)");
});

test("a message that refers to nothing is itself", () => {
  assert.equal(withLinks({ text: "[a](b)", references: [] }), "[a](b)");
});

test("links tell their reference's number", () => {
  assert.deepEqual(["#vkd-0", "#vkd-12", "#vkd-", "#vkd-x", "https://example.org"].map(numberOf), [0, 12, undefined, undefined, undefined]);
});

test("a target is a URI with the line as fragment", () => {
  assert.deepEqual(placeOf("file:///a%23L2.vkd#L5"), { uri: "file:///a%23L2.vkd", line: 5 });
  assert.deepEqual(placeOf("file:///arkiv/a.csv"), { uri: "file:///arkiv/a.csv" });
});
