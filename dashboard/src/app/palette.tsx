import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import clsx from "clsx";
import {
  Globe,
  Keyboard,
  Pause,
  Play,
  Plus,
  RefreshCw,
  RotateCw,
  ScrollText,
  Search,
  Server,
  Settings,
  SunMoon,
} from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useState } from "react";
import { told } from "../features/servers/refresh-button";
import { language, loadLanguage, t } from "../i18n";
import { rank } from "../lib/rank";
import { checkServer, refreshAll, setEnabled } from "../live/commands";
import { moodOf, useFleet } from "../live/fleet";
import { Dialog } from "../ui/dialog";
import { HealthIcon } from "../ui/health";
import { nextTheme } from "./theme";

interface Entry {
  id: string;
  text: string;
  group: string;
  icon: ReactNode;
  hint?: string;
  run: () => void;
}

const MOST = 40;

export function usePaletteKey(toggle: () => void): void {
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent) => {
      if (
        event.key.toLowerCase() === "k" &&
        (event.ctrlKey || event.metaKey) &&
        !event.shiftKey &&
        !event.altKey
      ) {
        event.preventDefault();
        toggle();
      }
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  });
}

/** Everything by its name: servers, pages, actions. */
export function Palette({
  open,
  onClose,
  onHelp,
}: {
  open: boolean;
  onClose: () => void;
  onHelp: () => void;
}) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      label={t("palette.open")}
      className="mt-[12vh]! w-[min(38rem,calc(100vw-24px))]!"
    >
      <Body onClose={onClose} onHelp={onHelp} />
    </Dialog>
  );
}

function useEntries(onHelp: () => void): Entry[] {
  const client = useQueryClient();
  const navigate = useNavigate();
  const fleet = useFleet();
  return useMemo(() => {
    const page = (
      to: "/" | "/journal" | "/settings" | "/add",
      icon: ReactNode,
      text: string,
      hint: string,
    ): Entry => ({
      id: to,
      text,
      icon,
      hint,
      group: t("palette.pages"),
      run: () => void navigate({ to }),
    });
    const action = (id: string, icon: ReactNode, text: string, run: () => void, hint?: string): Entry => ({
      id,
      icon,
      text,
      run,
      group: t("palette.actions"),
      ...(hint ? { hint } : {}),
    });
    const other = language.get() === "en" ? "de" : "en";
    const servers = Object.values(fleet.data?.byName ?? {});
    return [
      ...servers.map((each) => ({
        id: `server ${each.name}`,
        text: each.name,
        group: t("nav.servers"),
        icon: <HealthIcon mood={moodOf(each)} label />,
        run: () => void navigate({ to: "/servers/$name", params: { name: each.name } }),
      })),
      page("/", <Server size={16} />, t("nav.servers"), "g s"),
      page("/journal", <ScrollText size={16} />, t("nav.journal"), "g j"),
      page("/settings", <Settings size={16} />, t("nav.settings"), "g i"),
      page("/add", <Plus size={16} />, t("action.add_server"), "g a"),
      action("refresh", <RefreshCw size={16} />, t("refresh.all"), () => void refreshAll(client, told), "R"),
      action("theme", <SunMoon size={16} />, t("keys.theme"), nextTheme, "t"),
      action(
        "language",
        <Globe size={16} />,
        other === "de" ? "Deutsch" : "English",
        () => void loadLanguage(other),
      ),
      action("keys", <Keyboard size={16} />, t("keys.title"), onHelp, "?"),
      ...servers.flatMap((each) => [
        action(
          `check ${each.name}`,
          <RotateCw size={16} />,
          t("palette.check", { name: each.name }),
          () => void checkServer(client, each.name),
        ),
        each.status === "active"
          ? action(
              `off ${each.name}`,
              <Pause size={16} />,
              t("palette.disable", { name: each.name }),
              () => void setEnabled(client, each.name, false),
            )
          : action(
              `on ${each.name}`,
              <Play size={16} />,
              t("palette.enable", { name: each.name }),
              () => void setEnabled(client, each.name, true),
            ),
      ]),
    ];
  }, [client, navigate, fleet.data, onHelp]);
}

function Body({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const entries = useEntries(onHelp);
  const found = useMemo(() => {
    // With nothing written: pages and actions of the house, then servers.
    if (!text.trim()) return entries.filter((each) => !/^(server|check|off|on) /.test(each.id));
    return rank(entries, text, (each) => each.text).slice(0, MOST);
  }, [entries, text]);
  const current = Math.min(at, found.length - 1);

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = (current + step + found.length) % Math.max(1, found.length);
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(found[current]);
    }
  };

  return (
    <div>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search size={17} className="text-faint" aria-hidden="true" />
        <input
          // biome-ignore lint/a11y/noAutofocus: it was opened to write into
          autoFocus
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length > 0 ? `${id}-${current}` : undefined}
          aria-label={t("palette.open")}
          placeholder={t("palette.hint")}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={key}
          className="h-12 flex-1 bg-transparent outline-none"
        />
        <kbd className="kbd">Esc</kbd>
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("palette.open")}
        className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5"
      >
        {found.map((entry, i) => (
          <div key={entry.id}>
            {entry.group !== found[i - 1]?.group ? (
              <p className="px-2.5 pt-2 pb-1 text-xs text-faint">{entry.group}</p>
            ) : null}
            <div
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === current}
              onPointerMove={() => setAt(i)}
              onPointerUp={() => run(entry)}
              className={clsx(
                "flex h-9 cursor-default items-center gap-3 rounded-md px-2.5 text-sm coarse:h-11",
                i === current && "bg-sunken",
              )}
            >
              <span className="stale-able grid size-5 place-items-center text-muted">{entry.icon}</span>
              <span className="min-w-0 flex-1 truncate">{entry.text}</span>
              {entry.hint ? <kbd className="kbd">{entry.hint}</kbd> : null}
            </div>
          </div>
        ))}
        {found.length === 0 ? (
          <p className="px-3 py-8 text-center text-sm text-muted">{t("filter.nothing")}</p>
        ) : null}
      </div>
    </div>
  );
}
