import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { Info, X } from "lucide-react";
import { useEffect, useState } from "react";
import { t } from "../i18n";
import { useStore } from "../lib/store";
import { notices } from "../live/feed";
import { dismiss, type Notice, sticks } from "../live/notices";
import { HealthIcon } from "../ui/health";
import { words } from "./notice-text";

const SHOWN = 4;
const LIFE_MS = 6_000;

export const close = (id: number): void => notices.update((list) => dismiss(list, id));

/** Toasts at the corner: bad news stay, others go after 6 s unless somebody points at them. */
export function Toaster() {
  const list = useStore(notices);
  const open = list.filter((each) => !each.dismissed);
  const shown = open.slice(0, SHOWN);
  return (
    <>
      <section
        aria-label={t("toast.drawer")}
        className="pointer-events-none fixed right-4 bottom-4 z-40 flex w-[min(23rem,calc(100vw-2rem))] flex-col-reverse gap-2 max-sm:bottom-[calc(4.25rem+env(safe-area-inset-bottom))]"
      >
        {shown.map((notice) => (
          <Toast key={notice.id} notice={notice} />
        ))}
        {open.length > SHOWN ? (
          <p className="pointer-events-auto self-end rounded-full bg-raised px-3 py-1 text-xs text-muted shadow">
            {t("toast.more", { n: open.length - SHOWN })}
          </p>
        ) : null}
      </section>
      <Spoken notice={list[0]} />
    </>
  );
}

/** Says the newest to who listens, in their time. */
function Spoken({ notice }: { notice: Notice | undefined }) {
  const said = notice && !notice.dismissed ? words(notice) : null;
  return (
    <p aria-live="polite" className="sr-only">
      {said ? `${said.title}. ${said.detail}` : ""}
    </p>
  );
}

function Toast({ notice }: { notice: Notice }) {
  const [held, setHeld] = useState(false);
  const { title, detail, link, mood } = words(notice);
  const stays = sticks(notice.kind) || notice.text?.tone === "bad";
  useEffect(() => {
    if (stays || held) return;
    // Counted anew when it grows, and when the pointer leaves it.
    void notice.last;
    const timer = setTimeout(() => close(notice.id), LIFE_MS);
    return () => clearTimeout(timer);
  }, [notice.id, notice.last, stays, held]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it on screen
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={clsx("float pointer-events-auto flex animate-rise gap-3 py-3 pr-2 pl-3.5")}
    >
      <span className="pt-0.5">
        {mood === "info" ? (
          <Info size={17} className="text-accent" aria-hidden="true" />
        ) : (
          <HealthIcon mood={mood} size={17} />
        )}
      </span>
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-semibold break-words">{title}</p>
        {detail ? <p className="mt-0.5 line-clamp-3 text-muted break-words">{detail}</p> : null}
        {link ? (
          <Link
            to={link.to}
            search={(link.search ?? {}) as never}
            onClick={() => close(notice.id)}
            className="mt-1 inline-block font-medium text-accent hover:underline"
          >
            {link.label}
          </Link>
        ) : null}
      </div>
      <button
        type="button"
        aria-label={t("toast.close")}
        onClick={() => close(notice.id)}
        className="grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-text coarse:size-9"
      >
        <X size={15} />
      </button>
    </div>
  );
}
