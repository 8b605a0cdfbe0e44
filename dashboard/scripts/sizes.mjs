// Prints what the build weighs, gzipped, and fails when the home screen's JavaScript is too heavy.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT = 200_000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

const weigh = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 6 }).length;
const kilo = (bytes) => `${(bytes / 1_000).toFixed(1)} kB`.padStart(9);

/** The entry and all that it brings at once. */
function together(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const each of manifest[name].imports ?? []) together(each, seen);
  return seen;
}

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
const home = together(entry);
const total = [...home].reduce((sum, name) => sum + weigh(manifest[name].file), 0);
const css = [...home].flatMap((name) => manifest[name].css ?? []);

for (const name of home) console.log(`${kilo(weigh(manifest[name].file))}  ${manifest[name].file}`);
for (const file of css) console.log(`${kilo(weigh(file))}  ${file}`);
for (const [name, chunk] of Object.entries(manifest)) {
  if (chunk.isDynamicEntry) console.log(`${kilo(weigh(chunk.file))}  ${chunk.file}  (later, ${name})`);
}
console.log(`${kilo(total)}  JavaScript of the home screen; at most ${LIMIT / 1_000} kB`);
if (total > LIMIT) {
  console.error("The home screen is too heavy.");
  process.exit(1);
}
