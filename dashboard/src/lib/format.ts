/** Milliseconds as a person reads them: 0.4 ms, 34 ms, 1.25 s. */
export function latency(ms: number | null, language: string): string {
  if (ms === null) return "–";
  if (ms < 1) return `${number(ms, language, 1)} ms`;
  if (ms < 1_000) return `${number(Math.round(ms), language)} ms`;
  return `${number(ms / 1_000, language, ms < 10_000 ? 2 : 1)} s`;
}

/** A share as percent, never rounded up: 0.99996 is 99.99 %, only 1 is 100 %. */
export function percent(share: number | null, language: string): string {
  if (share === null) return "–";
  const hundredths = Math.floor(share * 10_000 + 1e-9);
  if (share >= 1) return `${number(100, language)} %`;
  const shown = Math.min(9_999, hundredths) / 100;
  return `${shown.toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })} %`;
}

export function number(value: number, language: string, digits = 0): string {
  return value.toLocaleString(language, { maximumFractionDigits: digits });
}

/** Of 24 in every language: times stand below each other, and are compared with those of logs. */
const HOURS = { hourCycle: "h23" } as const;

/** Hours and minutes. */
export const hourText = (at: Date, language: string): string =>
  at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", ...HOURS });

/** A moment in full, in the reader's zone. */
export function moment(at: string | number, language: string): string {
  return new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "medium", ...HOURS });
}

/** The time of day, with the day before it unless it is today. */
export function clockTime(at: string | number, now: number, language: string): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString(language, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    ...HOURS,
  });
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.toLocaleDateString(language, { day: "numeric", month: "short" })} ${time}`;
}

/** An address without what everybody knows; a command without the folder of its program. */
export function shortAddress(text: string): string {
  if (text.startsWith("/")) return text.replace(/^\S*\/(?=\S)/, "");
  return text.replace(/^https?:\/\//, "").replace(/\/$/, "");
}
