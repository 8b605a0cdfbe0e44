import type { Definition } from "../../api/schema";

/** What somebody wrote or pasted into the one field. */
export type Input =
  | { kind: "empty" }
  | { kind: "url"; definition: Definition & { url: string } }
  | { kind: "command"; definition: Definition & { command: string; args: string[] } }
  | { kind: "file"; text: string; type: "application/json" | "application/yaml" };

export function readInput(text: string): Input {
  const trimmed = text.trim();
  if (!trimmed) return { kind: "empty" };
  if (/^[{[]/.test(trimmed)) return { kind: "file", text: trimmed, type: "application/json" };
  if (/^(servers|mcpServers)\s*:/m.test(trimmed) && trimmed.includes("\n")) {
    return { kind: "file", text, type: "application/yaml" };
  }
  const url = addressOf(trimmed);
  if (url) return { kind: "url", definition: { url } };
  const words = splitCommand(trimmed);
  const [command, ...args] = words;
  // Something quoted and empty is no command.
  if (!command) return { kind: "empty" };
  return { kind: "command", definition: { protocol: "stdio", command, args } };
}

/** An address as it was meant: `example.com/mcp` is https, `localhost:3000` is http. Null when it is none. */
function addressOf(text: string): string | null {
  if (/\s/.test(text)) return null;
  if (/^https?:\/\//i.test(text)) return URL.canParse(text) ? text : null;
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/i.test(text);
  const host = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?(\/|$)/i.test(text);
  const port = /^[a-z0-9.-]+:\d+(\/|$)/i.test(text);
  if (!local && !host && !port) return null;
  const url = `${local || port ? "http" : "https"}://${text}`;
  return URL.canParse(url) ? url : null;
}

/** Words of a command line: spaces part them, quotes and backslashes hold them together. */
export function splitCommand(text: string): string[] {
  const words: string[] = [];
  let word = "";
  let quote: string | null = null;
  let begun = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? "";
    if (quote) {
      if (c === quote) quote = null;
      else if (c === "\\" && quote === '"' && i + 1 < text.length) word += text[++i];
      else word += c;
    } else if (c === '"' || c === "'") {
      quote = c;
      begun = true;
    } else if (c === "\\" && i + 1 < text.length) {
      word += text[++i];
      begun = true;
    } else if (/\s/.test(c)) {
      if (begun) words.push(word);
      word = "";
      begun = false;
    } else {
      word += c;
      begun = true;
    }
  }
  if (begun) words.push(word);
  return words;
}

const NOISE = new Set([
  "www",
  "api",
  "mcp",
  "com",
  "org",
  "net",
  "io",
  "dev",
  "ai",
  "app",
  "localhost",
  "sse",
  "http",
]);

/** A name for it that is not taken: from what the server calls itself, else from its address or command. */
export function proposeName(
  input: Input,
  says: string | null | undefined,
  taken: ReadonlySet<string>,
): string {
  const base = slug(says ?? "") || slug(nameOf(input)) || "server";
  if (!taken.has(base)) return base;
  let n = 2;
  while (taken.has(`${base}-${n}`)) n++;
  return `${base}-${n}`;
}

function nameOf(input: Input): string {
  switch (input.kind) {
    case "url":
      return ofAddress(new URL(input.definition.url));
    case "command": {
      const { command, args } = input.definition;
      const runner = /^(npx|uvx|node|python3?|bunx|deno|docker|pnpm|uv)$/.test(command);
      const first = runner
        ? args.find((each) => !each.startsWith("-") && !/^(run|dlx|exec)$/.test(each))
        : command;
      return (
        (first ?? command)
          .replace(/@[\d.]+$|@latest$/, "")
          .split("/")
          .at(-1)
          ?.replace(/\.(js|mjs|ts|py)$/, "") ?? ""
      );
    }
    default:
      return "";
  }
}

function ofAddress(url: URL): string {
  const path = url.pathname.split("/").filter((each) => each && !NOISE.has(each.toLowerCase()));
  if (/^[\d.:[\]]+$/.test(url.hostname) || url.hostname === "localhost") {
    return path.at(-1) ?? (url.port ? `local-${url.port}` : "local");
  }
  const host = url.hostname.split(".").filter((each) => !NOISE.has(each));
  return [host[0] ?? url.hostname, ...path.slice(0, 1)].join("-");
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")
    .replaceAll(/^[-._]+|[-._]+$/g, "")
    .slice(0, 60);
}
