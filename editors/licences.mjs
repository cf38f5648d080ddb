// What the packages in a bundle are licensed under, with their own texts: those travel with every copy.
import { readdir, readFile } from "node:fs/promises";
import * as path from "node:path";

/** The licences of all packages that something in these bundles comes from (esbuild's `metafile`), which lie in a folder. */
export async function licencesOf(metafiles, folder, what) {
  const parts = await Promise.all(packagesIn(metafiles).map(async (place) => {
    const { name, version, license } = JSON.parse(await readFile(path.join(folder, place, "package.json"), "utf8"));
    return `${name} ${version} (${license})\n\n${(await text(path.join(folder, place))).trim()}\n`;
  }));
  return `${what} holds parts of these packages.\n\n${parts.join(`\n${"-".repeat(78)}\n\n`)}`;
}

/** The folders of the packages, those inside others too. */
function packagesIn(metafiles) {
  const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const found = files.flatMap((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []);
  return [...new Set(found)].sort();
}

async function text(place) {
  const name = (await readdir(place)).sort().find((one) => /^licen[cs]e(\.(md|txt))?$/i.test(one));
  if (name === undefined) throw new Error(`${place} has no licence file`);
  return readFile(path.join(place, name), "utf8");
}
