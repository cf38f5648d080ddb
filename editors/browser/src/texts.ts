// What the page itself says, in its four languages. What the server says comes in the language it is asked in.

export const LANGUAGES = { nb: "Norsk", sv: "Svenska", da: "Dansk", en: "English" } as const;
export type Language = keyof typeof LANGUAGES;
const ORDER = Object.keys(LANGUAGES) as Language[];

// Each text in the order of LANGUAGES.
const TEXTS = {
  skip: ["Gå til etterspørselen", "Gå till efterfrågan", "Gå til efterspørgslen", "Go to the demand"],
  language: ["Språk", "Språk", "Sprog", "Language"],
  catalogue: ["Katalog", "Katalog", "Katalog", "Catalogue"],
  demand: ["Etterspørsel", "Efterfrågan", "Efterspørgsel", "Demand"],
  message: ["Referansemelding", "Referensmeddelande", "Referencemeddelelse", "Reference message"],
  panes: ["Deler av siden", "Sidans delar", "Sidens dele", "Parts of the page"],
  search: ["Søk i katalogen", "Sök i katalogen", "Søg i kataloget", "Search the catalogue"],
  searchHelp: [
    "Ord, synonym, kode eller produkt; det trenger ikke være rett skrevet.",
    "Ord, synonym, kod eller produkt; det behöver inte vara rätt stavat.",
    "Ord, synonym, kode eller produkt; det behøver ikke være rigtigt stavet.",
    "A word, synonym, code or product; it need not be spelt right.",
  ],
  tools: ["Hva som kan gjøres", "Vad som kan göras", "Hvad der kan gøres", "What can be done"],
  run: ["Kjør", "Kör", "Kør", "Run"],
  runThis: ["Kjør etterspørselen", "Kör efterfrågan", "Kør efterspørgslen", "Run the demand"],
  align: ["Rett inn kolonner", "Rikta in kolumner", "Ret kolonner ind", "Align columns"],
  example: ["Eksempel", "Exempel", "Eksempel", "Example"],
  open: ["Åpne fil …", "Öppna fil …", "Åbn fil …", "Open file …"],
  download: ["Last ned", "Ladda ner", "Hent ned", "Download"],
  fileName: ["etterspørsel", "efterfrågan", "efterspørgsel", "demand"],
  keys: [
    "Ctrl+Enter kjører, Ctrl+mellomrom foreslår ord, Tab går videre.",
    "Ctrl+Enter kör, Ctrl+blanksteg föreslår ord, Tab går vidare.",
    "Ctrl+Enter kører, Ctrl+mellemrum foreslår ord, Tab går videre.",
    "Ctrl+Enter runs, Ctrl+Space suggests words, Tab moves on.",
  ],
  completions: ["Forslag", "Förslag", "Forslag", "Suggestions"],
  here: ["Ved markøren", "Vid markören", "Ved markøren", "At the cursor"],
  problems: ["Hva som er galt", "Vad som är fel", "Hvad der er galt", "What is wrong"],
  line: ["Linje {0}", "Rad {0}", "Linje {0}", "Line {0}"],
  fixed: ["Rettet: {0}", "Rättat: {0}", "Rettet: {0}", "Fixed: {0}"],
  noProblems: ["Ingen feil.", "Inga fel.", "Ingen fejl.", "Nothing is wrong."],
  oneProblem: ["1 feil.", "1 fel.", "1 fejl.", "1 problem."],
  manyProblems: ["{0} feil.", "{0} fel.", "{0} fejl.", "{0} problems."],
  nothingRun: [
    "Kjør en etterspørsel, så står svaret her: hva som finnes, i hvilken form, hvor, på hvilke vilkår, og hvorfor ikke mer.",
    "Kör en efterfrågan, så står svaret här: vad som finns, i vilken form, var, på vilka villkor, och varför inte mer.",
    "Kør en efterspørgsel, så står svaret her: hvad der findes, i hvilken form, hvor, på hvilke vilkår, og hvorfor ikke mere.",
    "Run a demand and the answer stands here: what exists, in what form, where, on what conditions, and why not more.",
  ],
  stale: [
    "Etterspørselen er endret siden dette svaret.",
    "Efterfrågan har ändrats sedan detta svar.",
    "Efterspørgslen er ændret siden dette svar.",
    "The demand has changed since this answer.",
  ],
  relax: ["Hva som ville gitt svar", "Vad som skulle ge svar", "Hvad der ville give svar", "What would give answers"],
  running: ["Søker …", "Söker …", "Søger …", "Searching …"],
  noDemand: ["Her er ingen etterspørsel å kjøre.", "Här finns ingen efterfrågan att köra.", "Her er ingen efterspørgsel at køre.", "There is no demand here to run."],
  products: ["Produkter", "Produkter", "Produkter", "Products"],
  registers: ["Registre", "Register", "Registre", "Registers"],
  demands: ["Lagrede etterspørsler og profiler", "Sparade efterfrågebeskrivningar och profiler", "Gemte efterspørgsler og profiler", "Stored demands and profiles"],
  profile: ["interesseprofil", "intresseprofil", "interesseprofil", "interest profile"],
  "object-types": ["Objekttyper", "Objekttyper", "Objekttyper", "Object types"],
  names: ["Navn", "Namn", "Navne", "Names"],
  characteristics: ["Kjennemerker", "Kännetecken", "Kendetegn", "Characteristics"],
  times: ["Tidspunkter", "Tidpunkter", "Tidspunkter", "Times"],
  vocabularies: ["Ordlister", "Ordlistor", "Ordlister", "Vocabularies"],
  back: ["Tilbake", "Tillbaka", "Tilbage", "Back"],
  nothingFound: ["Ingenting funnet.", "Ingenting hittades.", "Intet fundet.", "Nothing found."],
  found: ["{0} funnet.", "{0} hittades.", "{0} fundet.", "{0} found."],
  more: ["og {0} til", "och {0} till", "og {0} til", "and {0} more"],
  showMore: ["Vis flere ({0} til)", "Visa fler ({0} till)", "Vis flere ({0} til)", "Show more ({0} left)"],
  synonyms: ["Andre ord", "Andra ord", "Andre ord", "Other words"],
  code: ["Kode", "Kod", "Kode", "Code"],
  measure: ["Måles i", "Mäts i", "Måles i", "Measured in"],
  below: ["Under dette", "Under detta", "Under dette", "Below this"],
  notDefined: ["Ingen definisjon.", "Ingen definition.", "Ingen definition.", "No definition."],
  usedIn: ["Produkter som har det", "Produkter som har det", "Produkter, som har det", "Products that have it"],
  unused: ["Ingen informasjonssett har det.", "Inga informationsuppsättningar har det.", "Ingen informationssæt har det.", "No product has it."],
  insert: ["Sett inn i etterspørselen", "Sätt in i efterfrågan", "Sæt ind i efterspørgslen", "Put into the demand"],
  inserted: ["Satt inn: {0}", "Insatt: {0}", "Sat ind: {0}", "Put in: {0}"],
  noField: [
    "Sett markøren i en linje av etterspørselen først.",
    "Sätt markören i en rad av efterfrågan först.",
    "Sæt markøren i en linje af efterspørgslen først.",
    "Put the cursor in a line of the demand first.",
  ],
  whyNot: ["Hvorfor er det ikke blant svarene?", "Varför är det inte bland svaren?", "Hvorfor er det ikke blandt svarene?", "Why is it not among the answers?"],
  saysOfItself: ["Hva det oppgir", "Vad det uppger", "Hvad det oplyser", "What it states"],
  lines: ["Hva det inneholder", "Vad det innehåller", "Hvad det indeholder", "What it holds"],
  characteristic: ["Kjennemerke", "Kännetecken", "Kendetegn", "Characteristic"],
  number: ["Nr.", "Nr", "Nr.", "No."],
  form: ["Form", "Form", "Form", "Form"],
  access: ["Tilgang", "Åtkomst", "Adgang", "Access"],
  title: ["Tittel", "Titel", "Titel", "Title"],
  collection: ["Samling", "Samling", "Samling", "Collection"],
  columns: ["Kolonner", "Kolumner", "Kolonner", "Columns"],
  population: ["Populasjon", "Population", "Population", "Population"],
  publisher: ["Utgiver", "Utgivare", "Udgiver", "Publisher"],
  licence: ["Lisens", "Licens", "Licens", "Licence"],
  version: ["Versjon", "Version", "Version", "Version"],
  pid: ["Varig identifikator", "Beständig identifierare", "Varig identifikator", "Persistent identifier"],
  updated: ["Oppdatert", "Uppdaterad", "Opdateret", "Updated"],
  "lead-time": ["Leveringstid, dager", "Leveranstid, dagar", "Leveringstid, dage", "Lead time, days"],
  "unit-id": ["Identifisert ved", "Identifieras med", "Identificeret ved", "Identified by"],
  source: ["Kilde", "Källa", "Kilde", "Source"],
  processing: ["Bearbeiding", "Bearbetning", "Bearbejdning", "Processing"],
  quality: ["Kvalitet", "Kvalitet", "Kvalitet", "Quality"],
  contact: ["Kontakt", "Kontakt", "Kontakt", "Contact"],
  data: ["Dataarkiv", "Dataarkiv", "Dataarkiv", "Data archive"],
  doc: ["Dokumentarkiv", "Dokumentarkiv", "Dokumentarkiv", "Document archive"],
  sensitive: ["Følsomme opplysninger", "Känsliga uppgifter", "Følsomme oplysninger", "Sensitive"],
  yes: ["ja", "ja", "ja", "yes"],
  no: ["nei", "nej", "nej", "no"],
  "not assessed": ["ikke vurdert", "inte bedömt", "ikke vurderet", "not assessed"],
  withheld: ["i arkivet; spør registerholderen", "i arkivet; fråga registerhållaren", "i arkivet; spørg registerholderen", "in the archive; ask its keeper"],
  public: ["Åpen visning, uten interne adresser", "Öppen visning, utan interna adresser", "Åben visning, uden interne adresser", "Public view, without internal addresses"],
  private: ["Intern visning, for egne ansatte", "Intern visning, för egen personal", "Intern visning, for egne ansatte", "Internal view, for own staff"],
  holds: ["{0} produktbeskrivelser, {1} begreper", "{0} produktbeskrivningar, {1} begrepp", "{0} produktbeskrivelser, {1} begreber", "{0} product descriptions, {1} concepts"],
  gone: [
    "Forbindelsen er brutt. Start vkd web på nytt, og last siden på nytt.",
    "Förbindelsen är bruten. Starta vkd web igen, och ladda om sidan.",
    "Forbindelsen er afbrudt. Start vkd web igen, og indlæs siden igen.",
    "The connection is gone. Start vkd web again, and load the page anew.",
  ],
  licences: ["Lisenser", "Licenser", "Licenser", "Licences"],
} as const satisfies Record<string, readonly [string, string, string, string]>;

export type TextKey = keyof typeof TEXTS;

/** A text in a language; `{0}`, `{1}` in it are the facts. */
export function say(language: Language, key: TextKey, ...facts: (string | number)[]): string {
  return TEXTS[key][ORDER.indexOf(language)]!.replace(/\{(\d)\}/g, (_, at) => String(facts[Number(at)] ?? ""));
}

/** The first of the reader's languages that the page speaks; Norwegian goes by several names. */
export function preferred(languages: readonly string[]): Language {
  const tags = languages.map((tag) => tag.toLowerCase().split("-")[0]!);
  const known = tags.map((tag) => (tag === "no" || tag === "nn" ? "nb" : tag)).find((tag) => tag in LANGUAGES);
  return (known as Language | undefined) ?? "en";
}
