/** What is different between two descriptions; pure. */

export interface Difference {
  /** Where, with dots: `inputSchema.properties.city`. */
  path: string;
  before: unknown;
  after: unknown;
}

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every place where they differ; what is only in one of them is `undefined` in the other. */
export function differences(before: unknown, after: unknown, path = ""): Difference[] {
  if (same(before, after)) return [];
  if (!isTree(before) || !isTree(after)) return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => differences(before[key], after[key], path ? `${path}.${key}` : key));
}

/** Equal in content, whatever the order of the keys. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, i) => same(each, b[i]));
  if (!isTree(a) || !isTree(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
}

export interface Part {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Texts longer than this, in words, are shown whole. */
const MOST_WORDS = 1_500;

/** Fewer equal words than these between two differences are part of them: that reads better. */
const FEWEST_WORDS = 3;

/** Two texts word by word: what stayed, what went, what came. */
export function wordDiff(before: string, after: string): Part[] {
  const a = wordsOf(before);
  const b = wordsOf(after);
  if (a.length > MOST_WORDS || b.length > MOST_WORDS)
    return [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ];
  return readable(compared(a, b));
}

/** Words with the space after them, so that spaces alone match nothing. */
const wordsOf = (text: string): string[] => text.match(/^\s+|\S+\s*/g) ?? [];

function compared(a: readonly string[], b: readonly string[]): Part[] {
  const lengths = common(a, b);
  const parts: Part[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    if (x !== undefined && x === y) {
      push(parts, "same", x);
      i++;
      j++;
    } else if (y === undefined || (x !== undefined && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      push(parts, "removed", x ?? "");
      i++;
    } else {
      push(parts, "added", y);
      j++;
    }
  }
  return parts;
}

/** Joins differences that only a word or two keep apart; what went stands before what came. */
function readable(parts: readonly Part[]): Part[] {
  const found: Part[] = [];
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed) push(found, "removed", removed);
    if (added) push(found, "added", added);
    removed = added = "";
  };
  parts.forEach((part, i) => {
    const between = i > 0 && i < parts.length - 1;
    if (part.kind === "same" && !(between && wordsOf(part.text).length < FEWEST_WORDS)) {
      flush();
      push(found, "same", part.text);
    } else {
      if (part.kind !== "added") removed += part.text;
      if (part.kind !== "removed") added += part.text;
    }
  });
  flush();
  return found;
}

const at = (table: readonly Uint16Array[], i: number, j: number): number => table[i]?.[j] ?? 0;

/** Lengths of the longest common subsequences of the rests. */
function common(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = table[i];
    if (!row) continue;
    for (let j = b.length - 1; j >= 0; j--)
      row[j] = a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), row[j + 1] ?? 0);
  }
  return table;
}

function push(parts: Part[], kind: Part["kind"], text: string): void {
  const last = parts.at(-1);
  if (last?.kind === kind) last.text += text;
  else parts.push({ kind, text });
}

/** A value as a person reads it: texts as they are, the rest as JSON. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}
