// What the page itself says, in every language that the server speaks: it is asked for them once, as the page opens. What the
// server says besides comes in the language that it is asked in.
import type ENGLISH from "../../../catalog/vkd_catalog/languages/en.json";
import { ask } from "./questions";

type KeyOf<Key> = Key extends `page.${infer Name}` ? Name : Key extends `message.${infer Grade extends `grade-${string}`}` ? Grade : never;
export type TextKey = KeyOf<keyof typeof ENGLISH.texts>;
export type Language = string;

/** Each language by its tag: what it is called in itself, and the page's texts in it. */
export const LANGUAGES = await ask<Record<Language, { name: string; texts: Record<TextKey, string> }>>("languages");

/** A text in a language; `{0}`, `{1}` in it are the facts. */
export function say(language: Language, key: TextKey, ...facts: (string | number)[]): string {
  return LANGUAGES[language]!.texts[key].replace(/\{(\d)\}/g, (_, at) => String(facts[Number(at)] ?? ""));
}

/** The first of the reader's languages that the page speaks; bokmål also goes by the name of Norwegian. */
export function preferred(languages: readonly string[]): Language {
  const tags = languages.map((tag) => tag.toLowerCase().split("-")[0]!);
  return tags.map((tag) => (tag === "no" ? "nb" : tag)).find((tag) => tag in LANGUAGES) ?? "en";
}
