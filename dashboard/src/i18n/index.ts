import { remembered, useStore } from "../lib/store";
import { type Amount, ago, amount, amounts, type Relative, until } from "../lib/time";
import { en, type Key, type Messages } from "./en";

export type { Key } from "./en";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

const isLanguage = (value: unknown): value is Language => typeof value === "string" && value in LANGUAGES;

const preferred = (): Language =>
  (globalThis.navigator?.languages ?? []).map((each) => each.slice(0, 2)).find(isLanguage) ?? "en";

export const language = remembered<Language>("pharos.language", preferred(), isLanguage);

export const useLanguage = (): Language => useStore(language);

let messages: Messages = en;
let plural = new Intl.PluralRules("en");

/** Brings a language's words; English is there always, the others are fetched when they are wanted. */
export async function loadLanguage(wanted: Language): Promise<void> {
  messages = wanted === "de" ? (await import("./de")).de : en;
  plural = new Intl.PluralRules(wanted);
  language.set(wanted);
  document.documentElement.lang = wanted;
}

export type Values = Record<string, string | number>;

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}

/** The words for a key, with `{name}` filled in. */
export function t(key: Key, values: Values = {}): string {
  return fill(messages[key], values);
}

type PluralKey = Key extends infer K ? (K extends `${infer Base}_other` ? Base : never) : never;

/** The words for a number of things: `key_one` or `key_other`. */
export function tn(key: PluralKey, n: number, values: Values = {}): string {
  const form = `${key}_${plural.select(n)}` as Key;
  return fill(messages[form] ?? messages[`${key}_other` as Key], {
    n: n.toLocaleString(language.get()),
    ...values,
  });
}

const unit = ({ value, unit }: Amount): string => t(`unit.${unit}`, { n: value });

export function relative(moment: Relative): string {
  switch (moment.when) {
    case "now":
      return t("time.now");
    case "due":
      return t("time.due");
    case "past":
      return t("time.ago", { time: unit(moment.amount) });
    case "future":
      return t("time.in", { time: unit(moment.amount) });
  }
}

export const agoText = (at: number, now: number): string => relative(ago(at, now));
export const untilText = (at: number, now: number): string => relative(until(at, now));
/** A length of time in words, in one unit: 6 min. */
export const roughText = (ms: number): string => unit(amount(Math.max(0, ms)));
/** A length of time in words: 6 min 20 s. */
export const lengthText = (ms: number): string => amounts(ms).map(unit).join(" ");

/** The words of a screen that is fetched when it is wanted: they come with it, in all languages. */
export function words<K extends string>(own: { en: Record<K, string>; de: Record<NoInfer<K>, string> }) {
  type Stem = K extends `${infer Base}_other` ? Base : never;
  return {
    w: (key: K, values: Values = {}): string => fill(own[language.get()][key], values),
    wn: (stem: Stem, n: number, values: Values = {}): string => {
      const texts: Record<string, string> = own[language.get()];
      const text = texts[`${stem}_${plural.select(n)}`] ?? texts[`${stem}_other`] ?? "";
      return fill(text, { n: n.toLocaleString(language.get()), ...values });
    },
  };
}
