import type { Definition, Server } from "../../api/schema";

/** What stands in the form, and what of it is different from the server; pure. */

export type Row = { id: number; name: string; value: string };

export interface Draft {
  name: string;
  description: string;
  tags: string;
  protocol: NonNullable<Definition["protocol"]>;
  url: string;
  command: string;
  /** One a line. */
  args: string;
  env: Row[];
  directory: string;
  auth_type: NonNullable<Definition["auth_type"]>;
  auth: Record<string, string>;
  /** For `auth_type: headers`. */
  auth_headers: Row[];
  headers: Row[];
  timeout_seconds: string;
  expect: NonNullable<Definition["expect"]>;
  era: NonNullable<Definition["era"]>;
  can_auto_enable: boolean;
  overrides: Record<string, string>;
}

/** The fields of each kind of sign-in; those that are secret are answered as dots. */
export const AUTH_FIELDS = {
  none: [],
  bearer: ["token"],
  api_key: ["header", "key"],
  basic: ["username", "password"],
  headers: [],
  oauth_client_credentials: [
    "client_id",
    "client_secret",
    "private_key",
    "signing_algorithm",
    "token_url",
    "scope",
  ],
} as const satisfies Record<Draft["auth_type"], readonly string[]>;

export const SECRETS: ReadonlySet<string> = new Set([
  "token",
  "key",
  "password",
  "client_secret",
  "private_key",
]);

export const OVERRIDES = [
  "interval_seconds",
  "adaptive",
  "healthy_interval_seconds",
  "degraded_interval_seconds",
  "unhealthy_interval_seconds",
  "fail_after",
  "recover_after",
  "slow_after_ms",
  "check",
  "failure_threshold",
  "circuit_timeout_seconds",
  "max_failure_cycles",
  "auto_disable_enabled",
] as const;
export type Override = (typeof OVERRIDES)[number];

/** Those that are no numbers. */
export const OVERRIDE_CHOICES: Partial<Record<Override, readonly string[]>> = {
  adaptive: ["true", "false"],
  auto_disable_enabled: ["true", "false"],
  check: ["tools", "ping"],
};

let ids = 0;
export const row = (name = "", value = ""): Row => ({ id: ++ids, name, value });

const rows = (map: Record<string, string> | undefined): Row[] =>
  Object.entries(map ?? {}).map(([name, value]) => row(name, value));

export function draftOf(server: Server): Draft {
  const auth_type = server.auth_type ?? "none";
  return {
    name: server.name,
    description: server.description ?? "",
    tags: server.tags.join(", "),
    protocol: server.protocol,
    url: server.url ?? "",
    command: server.command ?? "",
    args: (server.args ?? []).join("\n"),
    env: rows(server.env),
    directory: server.directory ?? "",
    auth_type,
    auth: auth_type === "headers" ? {} : { ...server.auth_config },
    auth_headers: auth_type === "headers" ? rows(server.auth_config) : [],
    headers: rows(server.headers),
    timeout_seconds: String(server.timeout_seconds),
    expect: server.expect,
    era: server.era,
    can_auto_enable: server.can_auto_enable,
    overrides: Object.fromEntries(
      Object.entries(server.overrides).map(([key, value]) => [key, String(value)]),
    ),
  };
}

const map = (list: readonly Row[]): Record<string, string> =>
  Object.fromEntries(list.filter((each) => each.name.trim()).map((each) => [each.name.trim(), each.value]));

/** The definition that a draft stands for. What is not a number is sent as it is: the API says what is wrong. */
export function definitionOf(draft: Draft, local: boolean): Definition {
  const shared: Definition = {
    name: draft.name.trim(),
    description: draft.description.trim() || null,
    tags: draft.tags.split(/[,\s]+/).filter(Boolean),
    timeout_seconds: numeric(draft.timeout_seconds) as number,
    expect: draft.expect,
    era: draft.era,
    can_auto_enable: draft.can_auto_enable,
    overrides: overridesOf(draft),
  };
  if (local)
    return {
      ...shared,
      command: draft.command.trim(),
      args: draft.args.split("\n").filter((each) => each !== ""),
      env: map(draft.env),
      directory: draft.directory.trim() || null,
    };
  return {
    ...shared,
    protocol: draft.protocol,
    url: draft.url.trim(),
    auth_type: draft.auth_type,
    auth_config: authOf(draft),
    headers: map(draft.headers),
  };
}

function authOf(draft: Draft): Record<string, string> {
  if (draft.auth_type === "headers") return map(draft.auth_headers);
  const fields = AUTH_FIELDS[draft.auth_type].map((name) => [name, draft.auth[name]?.trim() ?? ""] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== ""));
}

function numeric(text: string): unknown {
  const trimmed = text.trim().replace(",", ".");
  const value = Number(trimmed);
  return trimmed !== "" && Number.isFinite(value) ? value : text;
}

function overridesOf(draft: Draft): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const key of OVERRIDES) {
    const text = draft.overrides[key]?.trim() ?? "";
    if (text === "") continue;
    const choices = OVERRIDE_CHOICES[key];
    found[key] = !choices ? numeric(text) : choices.includes("true") ? text === "true" : text;
  }
  return found;
}

/** Only the fields that differ; sign-in goes together, since one part says what the other is for. */
export function changesOf(server: Server, draft: Draft): Definition {
  const local = server.command !== undefined;
  const before = definitionOf(draftOf(server), local);
  const after = definitionOf(draft, local);
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof Definition]),
  );
  const changes: Definition = Object.fromEntries(changed);
  if ("auth_type" in changes || "auth_config" in changes) {
    changes.auth_type = after.auth_type ?? "none";
    changes.auth_config = after.auth_config ?? {};
  }
  return changes;
}

/** Whether a change touches how the server is spoken to: then it is checked at once. */
export const touchesSpeech = (changes: Definition): boolean =>
  [
    "url",
    "protocol",
    "auth_type",
    "auth_config",
    "headers",
    "command",
    "args",
    "env",
    "directory",
    "era",
  ].some((key) => key in changes);
