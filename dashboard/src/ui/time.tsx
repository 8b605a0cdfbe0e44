import { agoText, lengthText, roughText, untilText, useLanguage } from "../i18n";
import { useNow } from "../lib/clock";
import { moment } from "../lib/format";

/** A moment as "8 s ago"; moves on by itself. */
export function Ago({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  const language = useLanguage();
  return (
    <time dateTime={at} title={moment(at, language)} className={className}>
      {agoText(Date.parse(at), now)}
    </time>
  );
}

/** A moment ahead as "in 22 s". */
export function Until({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  const language = useLanguage();
  return (
    <time dateTime={at} title={moment(at, language)} className={className}>
      {untilText(Date.parse(at), now)}
    </time>
  );
}

/** How long something lasts already; `rough` in its largest unit only. */
export function Lasting({ since, rough }: { since: string; rough?: boolean }) {
  const now = useNow();
  const length = now - Date.parse(since);
  return <>{rough ? roughText(length) : lengthText(length)}</>;
}
