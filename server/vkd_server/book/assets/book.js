// The search in the page. It looks words up by their stems, as `vkd find` does, in files that are loaded as they are needed.
"use strict";
const vkdBook = (() => {
  const ENDINGS = ["erne", "arne", "arna", "orna", "erna", "ene", "ane", "ena", "en", "et", "er", "ar", "or", "ed", "s", "e", "a"];
  const SHORTEST = 4;
  const SHOWN = 40;
  const SMALL = new Set("og och i av af for til till the of and in pa med er ar som der den det et en a an to at ei by on with or eller fra fran from is are ett om vid ved per efter etter de".split(" "));
  const loaded = new Map();
  const given = { entries: new Map(), terms: new Map() };
  let size = 0;
  let shards = null;

  const plain = (text) =>
    text.normalize("NFC").toLowerCase().replace(/ß/g, "ss").replace(/[åäæ]/g, "a").replace(/[øö]/g, "o").replace(/é/g, "e").replace(/ü/g, "u")
      .replace(/aa/g, "a").replace(/ae/g, "a").replace(/oe/g, "o").normalize("NFKD").replace(/\p{M}/gu, "");

  const shortened = (word) => {
    for (const ending of ENDINGS) {
      if (word.endsWith(ending) && word.length - ending.length >= SHORTEST && !word.endsWith("ss")) return word.slice(0, -ending.length);
    }
    return word;
  };

  const stem = (text) => {
    let word = text.endsWith("y") && text.length > SHORTEST ? `${text.slice(0, -1)}i` : text;
    for (let next = shortened(word); next !== word; next = shortened(word)) word = next;
    return word;
  };

  const wordsOf = (text) => (plain(text).match(/[\p{L}\p{N}]+/gu) ?? []);

  // Files of the index are scripts: a page on a disk may load nothing else.
  const load = (name) => {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = `search/${name}.js`;
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  };

  // The entries that have a word, or one that begins so, each with how well: a smaller number is better.
  const having = async (word) => {
    const root = stem(word);
    const beginning = root.slice(0, 2);
    const files = Object.keys(shards).filter((one) => (beginning.length < 2 ? one.startsWith(beginning) : one === beginning));
    await Promise.all(files.map((one) => load(`t${shards[one]}`)));
    const found = new Map();
    for (const one of files) {
      for (const [term, entries] of Object.entries(given.terms.get(one) ?? {})) {
        const far = term === root ? 0 : term.startsWith(root) || (word.length > 3 && term.startsWith(word)) ? 1 : -1;
        if (far < 0) continue;
        for (const packed of entries) {
          const score = far * 2 + (packed & 1) * 3;
          const entry = packed >> 1;
          if (!found.has(entry) || found.get(entry) > score) found.set(entry, score);
        }
      }
    }
    return found;
  };

  const search = async (text) => {
    if (shards === null) await load("index");
    const every = wordsOf(text);
    const words = every.filter((word) => !SMALL.has(word));
    if (!words.length) return [];
    const found = await Promise.all(words.map(having));
    const scores = new Map();
    for (const one of found) for (const [entry, score] of one) {
      const had = scores.get(entry) ?? { words: 0, score: 0 };
      scores.set(entry, { words: had.words + 1, score: had.score + score });
    }
    const best = [...scores].sort((a, b) => b[1].words - a[1].words || a[1].score - b[1].score || a[0] - b[0]);
    // What has fewer than half of the words is about something else.
    const most = best.length ? best[0][1].words : 0;
    if (2 * most < words.length) return [];
    const kept = best.filter(([, one]) => one.words === most).slice(0, 4 * SHOWN);
    await Promise.all([...new Set(kept.map(([entry]) => Math.floor(entry / size)))].map((one) => load(`e${one}`)));
    const asked = every.join(" ");
    const rows = kept.map(([entry, one]) => ({ row: given.entries.get(Math.floor(entry / size))[entry % size], score: one.score, entry }));
    const exact = ({ row }) => (wordsOf(row[1]).join(" ") === asked || plain(row[2]) === plain(text.trim()) ? 0 : 1);
    return rows.sort((a, b) => exact(a) - exact(b) || a.score - b.score || a.row[1].length - b.row[1].length || a.entry - b.entry).map(({ row }) => row).slice(0, SHOWN);
  };

  const begin = () => {
    const form = document.querySelector(".search");
    if (!form) return;
    form.hidden = false;
    const [input, list, status] = [form.querySelector("input"), form.querySelector("ul"), form.querySelector("[role=status]")];
    const texts = JSON.parse(form.dataset.texts);
    let chosen = -1;
    let asked = 0;

    // The entry that the arrow keys have come to, from the last to the first and back; -1 where there is none yet.
    const choose = (at) => {
      const items = [...list.children];
      chosen = at;
      items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
      if (chosen < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", items[chosen].id);
        items[chosen].scrollIntoView({ block: "nearest" });
      }
    };

    const step = (by) => {
      const count = list.children.length;
      if (count) choose(chosen < 0 ? (by > 0 ? 0 : count - 1) : (chosen + by + count) % count);
    };

    const close = () => {
      list.replaceChildren();
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    };

    const show = (rows) => {
      list.replaceChildren(...rows.map(([kind, called, beside, href], place) => {
        const item = document.createElement("li");
        const [name, small] = [document.createElement("span"), document.createElement("small")];
        name.textContent = beside && beside !== called ? `${called} (${beside})` : called;
        small.textContent = texts[kind];
        item.id = `found-${place}`;
        item.setAttribute("role", "option");
        item.append(name, small);
        item.addEventListener("click", () => { location.href = href; });
        return item;
      }));
      input.setAttribute("aria-expanded", String(rows.length > 0));
      status.textContent = rows.length === 0 ? texts["found-none"] : rows.length === 1 ? texts["found-one"] : texts["found-many"].replace("{count}", rows.length + (rows.length === SHOWN ? "+" : ""));
      choose(-1);
    };

    const look = async () => {
      const mine = ++asked;
      if (!input.value.trim()) {
        close();
        status.textContent = "";
        return;
      }
      const rows = await search(input.value).catch(() => []);
      if (mine === asked) show(rows);
    };

    input.addEventListener("input", look);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") step(1);
      else if (event.key === "ArrowUp") step(-1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter") list.children[Math.max(chosen, 0)]?.click();
      else return;
      event.preventDefault();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target.closest("input, textarea") || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      input.focus();
    });
    document.addEventListener("click", (event) => form.contains(event.target) || close());
    list.addEventListener("click", () => setTimeout(close));
  };

  document.addEventListener("DOMContentLoaded", begin);
  return {
    shards: (entries, names) => { size = entries; shards = names; },
    entries: (number, rows) => given.entries.set(number, rows),
    terms: (number, terms) => given.terms.set(Object.keys(shards).find((one) => shards[one] === number), terms),
    search, stem, plain,
  };
})();
