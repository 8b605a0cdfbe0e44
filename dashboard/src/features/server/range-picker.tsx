import { getRouteApi } from "@tanstack/react-router";
import clsx from "clsx";
import { CalendarRange } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useLanguage } from "../../i18n";
import { serverNow } from "../../lib/clock";
import { clockTime } from "../../lib/format";
import { useAway } from "../../ui/away";
import { Button } from "../../ui/button";
import { PRESETS, type Preset, type ServerSearch, type TimeRange } from "./range";
import { w } from "./words";

const route = getRouteApi("/servers/$name");

/** The stretch of time that drives the overview; it is in the address. */
export function RangePicker({ range }: { range: TimeRange }) {
  const navigate = route.useNavigate();
  const language = useLanguage();
  const now = serverNow();
  const [open, setOpen] = useState(false);
  const away = useAway<HTMLDivElement>(open, () => setOpen(false));
  const choose = (preset: Preset) =>
    void navigate({
      search: ({ from: _, to: __, range: ___, ...rest }: ServerSearch) =>
        preset === "24h" ? rest : { ...rest, range: preset },
      replace: true,
      resetScroll: false,
    });
  return (
    <div ref={away} className="relative">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like this */}
      <div
        role="group"
        aria-label={w("range.label")}
        className="flex rounded-lg border border-line bg-surface p-0.5 text-xs"
      >
        {PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            aria-pressed={range.preset === preset}
            onClick={() => choose(preset)}
            className={clsx(
              "num h-7 rounded-md px-2.5 coarse:h-9 max-sm:px-2",
              range.preset === preset ? "bg-sunken font-semibold" : "text-muted hover:text-text",
            )}
          >
            {w(`range.${preset}`)}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={range.preset === null}
          aria-expanded={open}
          aria-label={w("range.custom")}
          title={w("range.custom")}
          onClick={() => setOpen((now) => !now)}
          className={clsx(
            "flex h-7 items-center gap-1.5 rounded-md px-2.5 coarse:h-9",
            range.preset === null ? "bg-sunken font-semibold" : "text-muted hover:text-text",
          )}
        >
          <CalendarRange size={14} aria-hidden="true" />
          {range.preset === null ? (
            <span className="num max-sm:sr-only">
              {clockTime(range.from, now, language)} – {clockTime(range.to, now, language)}
            </span>
          ) : null}
        </button>
      </div>
      {open ? <Custom range={range} onDone={() => setOpen(false)} /> : null}
    </div>
  );
}

/** A moment as the browser's field for it wants it, in the reader's zone. */
function local(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16);
}

function Custom({ range, onDone }: { range: TimeRange; onDone: () => void }) {
  const navigate = route.useNavigate();
  const first = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  useEffect(() => first.current?.focus(), []);
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const from = Date.parse(String(form.get("from")));
    const to = Date.parse(String(form.get("to")));
    if (!(from < to)) {
      setWrong(true);
      return;
    }
    onDone();
    void navigate({
      search: ({ range: _, ...rest }: ServerSearch) => ({
        ...rest,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
      }),
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <form
      onSubmit={show}
      className="float absolute top-full right-0 z-30 mt-1.5 flex w-64 max-w-[calc(100vw-2rem)] animate-rise flex-col gap-3 p-4 max-sm:right-auto max-sm:left-0"
    >
      {(["from", "to"] as const).map((each) => (
        <label key={each} className="flex flex-col gap-1 text-xs text-muted">
          {w(`range.${each}`)}
          <input
            ref={each === "from" ? first : null}
            type="datetime-local"
            name={each}
            required
            defaultValue={local(range[each])}
            className="field num text-text"
          />
        </label>
      ))}
      {wrong ? (
        <p role="alert" className="text-xs text-bad-text">
          {w("range.wrong")}
        </p>
      ) : null}
      <Button kind="primary" type="submit">
        {w("range.apply")}
      </Button>
    </form>
  );
}
