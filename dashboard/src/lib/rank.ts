/** How well a text fits what was written: whole beginnings first, then word beginnings, parts, letters in order. Null: not at all. */
export function score(text: string, query: string): number | null {
  const words = text.toLowerCase();
  const wanted = query.toLowerCase().trim();
  if (!wanted) return 0;
  if (words === wanted) return 0;
  if (words.startsWith(wanted)) return 1;
  const at = words.indexOf(wanted);
  if (at > 0) return /[\s\-_./:]/.test(words[at - 1] ?? "") ? 2 : 3;
  const parts = wanted.split(/\s+/);
  if (parts.length > 1 && parts.every((part) => words.includes(part))) return 4;
  let from = 0;
  for (const letter of wanted.replaceAll(/\s/g, "")) {
    from = words.indexOf(letter, from) + 1;
    if (from === 0) return null;
  }
  return 5;
}

const LETTERS = 5;

/** What fits, the best first; equal ones keep their order. Letters in order count only where nothing else fits. */
export function rank<T>(items: readonly T[], query: string, text: (item: T) => string): T[] {
  const found = items
    .map((item) => ({ item, score: score(text(item), query) }))
    .filter((each): each is { item: T; score: number } => each.score !== null)
    .sort((a, b) => a.score - b.score);
  const better = found.filter((each) => each.score < LETTERS);
  return (better.length > 0 ? better : found).map((each) => each.item);
}
