import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { Plus, ScrollText, Server, Settings } from "lucide-react";
import { type ReactNode, useState } from "react";
import { t } from "../i18n";
import { useFreshness } from "../live/fleet";
import { useKeys, useLeader } from "../ui/keys";
import { Logo } from "../ui/logo";
import { Drawer } from "./drawer";
import { Help } from "./help";
import { StaleBar } from "./live-dot";
import { Palette, usePaletteKey } from "./palette";
import { nextTheme } from "./theme";
import { useTabTitle } from "./title";
import { Toaster } from "./toaster";
import { TopBar } from "./topbar";
import { UndoBar } from "./undo-bar";

/** What is on screen always. */
export function Shell() {
  const navigate = useNavigate();
  const [open, setOpen] = useState<"palette" | "help" | "drawer" | null>(null);
  const { fresh } = useFreshness();
  useTabTitle();
  useLeader();
  usePaletteKey(() => setOpen((now) => (now === "palette" ? null : "palette")));
  useKeys({
    "/": () => document.getElementById("search")?.focus(),
    t: nextTheme,
    "?": () => setOpen("help"),
    "g s": () => void navigate({ to: "/" }),
    "g j": () => void navigate({ to: "/journal" }),
    "g i": () => void navigate({ to: "/settings" }),
    "g a": () => void navigate({ to: "/add" }),
  });
  const close = () => setOpen(null);
  return (
    <div
      data-stale={!fresh}
      className="min-h-dvh sm:grid sm:grid-cols-[3.75rem_1fr] xl:grid-cols-[12.5rem_1fr]"
    >
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("nav.skip")}
      </a>
      <Rail />
      <div className="flex min-w-0 flex-col">
        <TopBar
          onPalette={() => setOpen("palette")}
          onDrawer={() => setOpen("drawer")}
          onHelp={() => setOpen("help")}
        />
        <StaleBar />
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-[100rem] flex-1 px-4 pt-5 pb-28 outline-none sm:px-6 sm:pb-12"
        >
          <Outlet />
        </main>
      </div>
      <BottomBar />
      <Toaster />
      <UndoBar />
      <Palette open={open === "palette"} onClose={close} onHelp={() => setOpen("help")} />
      <Help open={open === "help"} onClose={close} />
      <Drawer open={open === "drawer"} onClose={close} />
    </div>
  );
}

const PLACES = [
  { to: "/", icon: <Server size={18} />, key: "nav.servers", keys: "g s" },
  { to: "/journal", icon: <ScrollText size={18} />, key: "nav.journal", keys: "g j" },
  { to: "/settings", icon: <Settings size={18} />, key: "nav.settings", keys: "g i" },
] as const;

function Rail() {
  return (
    <nav
      aria-label={t("nav.label")}
      className="sticky top-0 hidden h-dvh flex-col gap-1 border-r border-line px-2.5 py-3 sm:flex xl:px-3"
    >
      <Link
        to="/"
        className="mb-4 flex h-9 items-center gap-2.5 px-1.5 text-base font-semibold tracking-tight"
        aria-label="Pharos"
      >
        <Logo size={26} />
        <span className="hidden xl:inline">Pharos</span>
      </Link>
      {PLACES.map((place) => (
        <Link
          key={place.to}
          to={place.to}
          activeOptions={{ exact: place.to === "/", includeSearch: false }}
          title={`${t(place.key)} (${place.keys})`}
          className="flex h-9.5 items-center gap-3 rounded-lg px-2.5 text-sm text-muted transition-colors hover:bg-sunken hover:text-text max-xl:justify-center max-xl:px-0 [&.active]:bg-sunken [&.active]:font-semibold [&.active]:text-text"
        >
          {place.icon}
          <span className="max-xl:sr-only">{t(place.key)}</span>
        </Link>
      ))}
    </nav>
  );
}

function BottomBar() {
  const item =
    "flex flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-muted [&.active]:font-semibold [&.active]:text-accent";
  const link = (to: (typeof PLACES)[number]["to"], icon: ReactNode, text: string) => (
    <Link key={to} to={to} activeOptions={{ exact: to === "/", includeSearch: false }} className={item}>
      {icon}
      {text}
    </Link>
  );
  const [servers, journal, settings] = PLACES;
  return (
    <nav
      aria-label={t("nav.label")}
      className="fixed inset-x-0 bottom-0 z-30 flex h-[calc(3.5rem+env(safe-area-inset-bottom))] border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {link(servers.to, servers.icon, t(servers.key))}
      {link(journal.to, journal.icon, t(journal.key))}
      <Link to="/add" className={item}>
        <Plus size={18} />
        {t("action.add")}
      </Link>
      {link(settings.to, settings.icon, t(settings.key))}
    </nav>
  );
}
