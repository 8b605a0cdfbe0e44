import { useLocation, useNavigate, useRouterState } from "@tanstack/react-router";
import { Bell, Command, Monitor, Moon, Search, Sun, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { BASE_PATH } from "../api/base";
import { call } from "../api/client";
import { LANGUAGES, type Language, loadLanguage, t, tn, useLanguage } from "../i18n";
import { useStore } from "../lib/store";
import { notices } from "../live/feed";
import { Button } from "../ui/button";
import { keysOn } from "../ui/keys";
import { Logo } from "../ui/logo";
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuLine } from "../ui/menu";
import { LiveDot } from "./live-dot";
import { nextTheme, theme } from "./theme";

export function TopBar({
  onPalette,
  onDrawer,
  onHelp,
}: {
  onPalette: () => void;
  onDrawer: () => void;
  onHelp: () => void;
}) {
  return (
    <header className="sticky top-0 z-30 flex h-14 shrink-0 items-center gap-2 border-b border-line bg-bg px-4 sm:px-6">
      <span className="sm:hidden">
        <Logo size={26} />
      </span>
      <SearchField />
      <span className="flex-1 max-sm:hidden" />
      <LiveDot />
      <Button kind="ghost" small label={t("palette.open")} onClick={onPalette} className="max-sm:hidden">
        <Command size={16} />
      </Button>
      <BellButton onOpen={onDrawer} />
      <ThemeButton />
      <MoreMenu onHelp={onHelp} />
    </header>
  );
}

/** Filters the list of servers; from elsewhere, Enter leads there. */
function SearchField() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const home = pathname === "/" || pathname.replace(/\/$/, "") === BASE_PATH.replace(/\/$/, "");
  const q = useRouterState({ select: (state) => (state.location.search as { q?: string }).q ?? "" });
  const [text, setText] = useState(q);
  const written = useRef(q);
  useEffect(() => {
    // The address changed otherwise: by a chip, or by going back.
    if (q !== written.current) setText(q);
    written.current = q;
  }, [q]);
  const go = (value: string) => {
    written.current = value;
    void navigate({
      to: "/",
      search: (now) => ({ ...now, q: value || undefined }) as never,
      replace: home,
      resetScroll: false,
    });
  };
  return (
    <search className="relative min-w-0 flex-1 sm:max-w-md">
      <Search
        size={15}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-faint"
      />
      <input
        id="search"
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        value={text}
        aria-label={t("search.label")}
        placeholder={t("search.hint")}
        onChange={(event) => {
          setText(event.target.value);
          if (home) go(event.target.value.trim());
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            go(text.trim());
            event.currentTarget.blur();
            document.querySelector<HTMLElement>("[data-row-link]")?.focus();
          }
          if (event.key === "Escape") {
            setText("");
            if (home) go("");
            event.currentTarget.blur();
          }
        }}
        className="h-8.5 w-full rounded-lg border border-line bg-surface pr-9 pl-9 text-sm focus-visible:outline-offset-0 coarse:h-10"
      />
      {text ? (
        <button
          type="button"
          aria-label={t("filter.clear")}
          onClick={() => {
            setText("");
            if (home) go("");
          }}
          className="absolute top-1/2 right-2 grid size-6 -translate-y-1/2 place-items-center rounded text-faint hover:text-text"
        >
          <X size={14} />
        </button>
      ) : (
        <kbd className="kbd pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 coarse:hidden">
          /
        </kbd>
      )}
    </search>
  );
}

function BellButton({ onOpen }: { onOpen: () => void }) {
  const open = useStore(notices, (list) => list.filter((each) => !each.dismissed).length);
  return (
    <Button
      kind="ghost"
      small
      label={open > 0 ? tn("toast.open", open) : t("toast.drawer")}
      onClick={onOpen}
      className="relative"
    >
      <Bell size={16} />
      {open > 0 ? (
        <span aria-hidden="true" className="absolute top-1 right-1 size-1.5 rounded-full bg-accent" />
      ) : null}
    </Button>
  );
}

const THEME_ICON = { auto: <Monitor size={16} />, light: <Sun size={16} />, dark: <Moon size={16} /> };

function ThemeButton() {
  const now = useStore(theme);
  return (
    <Button
      kind="ghost"
      small
      label={`${t(`theme.${now}`)} (t)`}
      onClick={nextTheme}
      className="max-sm:hidden"
    >
      {THEME_ICON[now]}
    </Button>
  );
}

function MoreMenu({ onHelp }: { onHelp: () => void }) {
  const language = useLanguage();
  const keys = useStore(keysOn);
  const now = useStore(theme);
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`${language}: ${t("nav.more")}`}
          className="h-7 rounded-lg px-1.5 text-xs font-medium text-muted uppercase hover:bg-hover hover:text-text coarse:h-9 coarse:px-2.5"
        >
          {language}
        </button>
      }
    >
      <MenuLabel>{t("nav.language")}</MenuLabel>
      {Object.entries(LANGUAGES).map(([id, name]) => (
        <MenuCheck key={id} checked={language === id} onChange={() => void loadLanguage(id as Language)}>
          {name}
        </MenuCheck>
      ))}
      <MenuLine />
      <MenuItem icon={THEME_ICON[now]} hint="t" onSelect={nextTheme}>
        {t(`theme.${now}`)}
      </MenuItem>
      <MenuCheck checked={keys} onChange={(on) => keysOn.set(on)}>
        {t("keys.on")}
      </MenuCheck>
      <MenuItem hint="?" onSelect={onHelp}>
        {t("keys.title")}
      </MenuItem>
      <LogoutItem />
    </Menu>
  );
}

function LogoutItem() {
  // Only a login leaves this cookie.
  if (!document.cookie.includes("pharos_csrf=")) return null;
  return (
    <>
      <MenuLine />
      <MenuItem onSelect={() => void call("logout").finally(() => location.reload())}>
        {t("login.leave")}
      </MenuItem>
    </>
  );
}
