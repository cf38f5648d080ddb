// What the extension itself says, in every language that the server speaks. VS Code has a display language for few of them, so the
// setting vkd.language decides, then VS Code's own language. languages.json is written by `make pages` from the server's languages.
import * as vscode from "vscode";
import LANGUAGES from "./languages.json";

type Language = keyof typeof LANGUAGES;
type TextKey = keyof typeof LANGUAGES.en;

/** A text in the language of the one who reads it; `{0}`, `{1}` … stand for the values. */
export function say(key: TextKey, ...values: readonly unknown[]): string {
  return LANGUAGES[spoken()][key].replace(/\{(\d+)\}/g, (place, number: string) => String(values[Number(number)] ?? place));
}

/** The language that the extension speaks now; bokmål also goes by the name of Norwegian. */
export function spoken(): Language {
  const chosen = vscode.workspace.getConfiguration("vkd").get<string>("language", "") || vscode.env.language;
  const [tag = "en"] = chosen.toLowerCase().split("-");
  const language = tag === "no" ? "nb" : tag;
  return language in LANGUAGES ? (language as Language) : "en";
}
