// Writes src/app/icons: the tab icon for each state. Files, not data addresses, because of the page's policy.
import { mkdirSync, writeFileSync } from "node:fs";

const folder = new URL("../src/app/icons/", import.meta.url);
mkdirSync(folder, { recursive: true });

const house = (lamp) =>
  `<path d="M12.6 13h6.8l2 14.5H10.6Z" fill="#3b4657"/><path d="M12 17.6h8l.5 3.6h-9Z" fill="#fff" opacity=".85"/>` +
  `<rect x="8.5" y="27" width="15" height="2.6" rx="1.3" fill="#3b4657"/><path d="M12.2 12.2V9.4L16 6.2l3.8 3.2v2.8Z" fill="${lamp}"/>` +
  `<path d="M22.4 9.6 29 7.2M22.4 12l6.6 2M9.6 9.6 3 7.2M9.6 12 3 14" stroke="${lamp}" stroke-width="2" stroke-linecap="round"/>`;

const svg = (inside) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#eef1f5"/>${inside}</svg>\n`;

const badge = (text) =>
  `<rect x="${text.length > 1 ? 9 : 13}" y="13" width="${text.length > 1 ? 23 : 19}" height="19" rx="9.5" fill="#d43d27"/>` +
  `<text x="${text.length > 1 ? 20.5 : 22.5}" y="28" font-family="system-ui,sans-serif" font-size="16" font-weight="700" text-anchor="middle" fill="#fff">${text}</text>`;

const write = (name, text) => writeFileSync(new URL(`${name}.svg`, folder), text);
write("ok", svg(house("#d08700")));
write("stale", svg(house("#9aa5b4")));
for (let n = 1; n <= 9; n++) write(`down-${n}`, svg(house("#d08700") + badge(String(n))));
write("down-many", svg(house("#d08700") + badge("9+")));
