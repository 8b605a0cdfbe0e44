/** The text form of Prometheus, as far as our own metrics need it; pure. */

export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

export function readMetrics(text: string): Sample[] {
  return text.split("\n").flatMap((line) => {
    if (line.startsWith("#")) return [];
    const [, name, labels, value] = LINE.exec(line) ?? [];
    if (!name || value === undefined) return [];
    const read = [...(labels ?? "").matchAll(LABEL)].map(([, key, text]) => [
      key,
      (text ?? "").replace(/\\(.)/g, "$1"),
    ]);
    return [{ name, labels: Object.fromEntries(read), value: Number(value) }];
  });
}

/** The sum of all samples of a name that carry these labels; null when there is none. */
export function total(
  samples: readonly Sample[],
  name: string,
  labels: Record<string, string> = {},
): number | null {
  const found = samples.filter(
    (each) =>
      each.name === name && Object.entries(labels).every(([key, value]) => each.labels[key] === value),
  );
  return found.length === 0 ? null : found.reduce((sum, each) => sum + each.value, 0);
}

/** Bytes as a person reads them. */
export function bytesText(bytes: number, language: string): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1_000 ** power;
  return `${value.toLocaleString(language, { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${units[power]}`;
}
