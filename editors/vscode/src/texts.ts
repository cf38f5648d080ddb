// What the extension itself says, in bokmål, nynorsk, Swedish, Danish and English. VS Code has no display language of the first four
// to install, so the setting vkd.language decides, then VS Code's own language; the bundles lie in l10n/ under the English text.
import * as vscode from "vscode";
import da from "../l10n/bundle.l10n.da.json";
import nb from "../l10n/bundle.l10n.nb.json";
import nn from "../l10n/bundle.l10n.nn.json";
import sv from "../l10n/bundle.l10n.sv.json";

type Language = "nb" | "nn" | "sv" | "da" | "en";

const BUNDLES: Readonly<Record<Exclude<Language, "en">, Readonly<Record<string, string>>>> = { nb, nn, sv, da };

/** A text in the language of the one who reads it; `{0}`, `{1}` … stand for the values. Falls back to English. */
export function say(english: string, ...values: readonly unknown[]): string {
  const language = spoken();
  const text = (language === "en" ? undefined : BUNDLES[language][english]) ?? english;
  return text.replace(/\{(\d+)\}/g, (place, number: string) => String(values[Number(number)] ?? place));
}

/** The language that the extension speaks now. */
export function spoken(): Language {
  const chosen = vscode.workspace.getConfiguration("vkd").get<string>("language", "") || vscode.env.language;
  const [tag = "en"] = chosen.toLowerCase().split("-");
  switch (tag) {
    case "nb":
    case "no":
      return "nb";
    case "nn":
    case "sv":
    case "da":
      return tag;
    default:
      return "en";
  }
}
