import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { BASE_PATH } from "../api/base";
import { readServerSearch } from "../features/server/range";
import { readSearch } from "../features/servers/filter";
import { ServersPage } from "../features/servers/page";
import { t } from "../i18n";
import { Problem } from "../ui/problem";
import { Shell } from "./shell";

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => <Problem error={new Error(t("not_found"))} />,
  errorComponent: ({ error, reset }) => (
    <Problem error={error instanceof Error ? error : new Error(String(error))} onAgain={reset} />
  ),
});

const servers = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: ServersPage,
  validateSearch: readSearch,
});

const text = (value: unknown): string | undefined => (typeof value === "string" && value ? value : undefined);

const add = createRoute({
  getParentRoute: () => root,
  path: "/add",
  component: lazyRouteComponent(() => import("../features/add/page"), "AddPage"),
  validateSearch: (raw: Record<string, unknown>): { what?: "file" } =>
    raw.what === "file" ? { what: "file" } : {},
});

const journal = createRoute({
  getParentRoute: () => root,
  path: "/journal",
  component: lazyRouteComponent(() => import("../features/journal/page"), "JournalPage"),
  validateSearch: (raw: Record<string, unknown>): { type?: string; server?: string } => {
    const type = text(raw.type);
    const server = text(raw.server);
    return { ...(type ? { type } : {}), ...(server ? { server } : {}) };
  },
});

const server = createRoute({
  getParentRoute: () => root,
  path: "/servers/$name",
  component: lazyRouteComponent(() => import("../features/server/page"), "ServerPage"),
  validateSearch: readServerSearch,
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/page"), "SettingsPage"),
});

const routeTree = root.addChildren([servers, add, journal, server, settings]);

export function createAppRouter() {
  return createRouter({
    routeTree,
    basepath: BASE_PATH,
    defaultPreload: "intent",
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
