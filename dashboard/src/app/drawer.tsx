import { Link } from "@tanstack/react-router";
import { Info, X } from "lucide-react";
import { t } from "../i18n";
import { useStore } from "../lib/store";
import { notices } from "../live/feed";
import { Dialog } from "../ui/dialog";
import { HealthIcon } from "../ui/health";
import { Ago } from "../ui/time";
import { words } from "./notice-text";

/** The last 50 toasts. */
export function Drawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const list = useStore(notices);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      label={t("toast.drawer")}
      className="mr-0! my-0! h-dvh max-h-none! w-[min(26rem,100vw)]! rounded-none! sm:mr-3! sm:my-3! sm:h-[calc(100dvh-1.5rem)] sm:rounded-xl!"
    >
      <div className="flex h-full flex-col">
        <div className="flex items-center justify-between border-b border-line py-3 pr-3 pl-5">
          <h2 className="font-semibold">{t("toast.drawer")}</h2>
          <span className="flex items-center gap-1">
            {list.length > 0 ? (
              <button
                type="button"
                onClick={() => notices.set([])}
                className="rounded-md px-2 py-1 text-sm text-muted hover:bg-hover hover:text-text"
              >
                {t("toast.clear")}
              </button>
            ) : null}
            <button
              type="button"
              aria-label={t("toast.close")}
              onClick={onClose}
              className="grid size-8 place-items-center rounded-md text-muted hover:bg-hover"
            >
              <X size={17} />
            </button>
          </span>
        </div>
        {list.length === 0 ? (
          <p className="px-5 py-10 text-center text-sm text-muted">{t("toast.none")}</p>
        ) : null}
        <ul className="flex-1 overflow-y-auto">
          {list.map((notice) => {
            const { title, detail, link, mood } = words(notice);
            return (
              <li key={notice.id} className="flex gap-3 border-b border-line px-5 py-3 text-sm">
                <span className="pt-0.5">
                  {mood === "info" ? (
                    <Info size={16} className="text-accent" aria-hidden="true" />
                  ) : (
                    <HealthIcon mood={mood} />
                  )}
                </span>
                <div className="min-w-0 flex-1">
                  <p className="font-medium break-words">
                    {link ? (
                      <Link
                        to={link.to}
                        search={(link.search ?? {}) as never}
                        onClick={onClose}
                        className="hover:underline"
                      >
                        {title}
                      </Link>
                    ) : (
                      title
                    )}
                  </p>
                  {detail ? <p className="text-muted break-words">{detail}</p> : null}
                </div>
                <Ago at={new Date(notice.last).toISOString()} className="num shrink-0 text-xs text-faint" />
              </li>
            );
          })}
        </ul>
      </div>
    </Dialog>
  );
}
