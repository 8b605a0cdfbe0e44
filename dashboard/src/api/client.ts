import { BASE } from "./base";
import { type FieldProblem, type Operations, type Problem, ROUTES } from "./schema";

/** An answer that is not what was asked for: problem details, or nobody answered. */
export class ApiError extends Error {
  /** 0 when nobody answered. */
  readonly status: number;
  /** The last part of the problem's type, such as `invalid_input`; `offline` when nobody answered. */
  readonly kind: string;
  readonly errors: FieldProblem[];

  constructor(status: number, kind: string, message: string, errors: FieldProblem[] = []) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.kind = kind;
    this.errors = errors;
  }
}

type Text = { text: string; type: string };

export type CallOptions<K extends keyof Operations> = (Operations[K]["path"] extends Record<never, never>
  ? { path?: Operations[K]["path"] }
  : { path: Operations[K]["path"] }) & {
  query?: Operations[K]["query"];
  body?: Operations[K]["body"] | Text;
  signal?: AbortSignal | undefined;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
};

/** Hears that a login is needed. */
let onLoginRequired: () => void = () => {};

export function whenLoginRequired(hear: () => void): void {
  onLoginRequired = hear;
}

export function address(
  template: string,
  path: Record<string, unknown>,
  query: Record<string, unknown>,
): URL {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const url = new URL(filled.slice(1), BASE);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") url.searchParams.set(name, String(value));
  }
  return url;
}

/** Calls an operation of the API by its id; throws {@link ApiError}. */
export async function call<K extends keyof Operations>(
  operation: K,
  options: CallOptions<K> = {} as CallOptions<K>,
): Promise<Operations[K]["answer"]> {
  const [method, template] = ROUTES[operation];
  const url = address(template, options.path ?? {}, options.query ?? {});
  const response = await send(url, method, options);
  if (!response.ok) throw await failure(response);
  if (response.status === 204) return undefined as Operations[K]["answer"];
  const json = (response.headers.get("content-type") ?? "").includes("json");
  return (await (json ? response.json() : response.text())) as Operations[K]["answer"];
}

async function send(
  url: URL,
  method: string,
  options: { body?: unknown; signal?: AbortSignal | undefined; keepalive?: boolean },
): Promise<Response> {
  const headers = new Headers({ accept: "application/json" });
  const token = method === "GET" ? null : csrfToken();
  if (token) headers.set("x-csrf-token", token);
  const init: RequestInit = { method, headers, credentials: "same-origin", redirect: "error" };
  if (options.signal) init.signal = options.signal;
  if (options.keepalive) init.keepalive = true;
  if (options.body !== undefined) {
    const text = isText(options.body);
    headers.set("content-type", text ? text.type : "application/json");
    init.body = text ? text.text : JSON.stringify(options.body);
  }
  try {
    return await fetch(url, init);
  } catch (e) {
    if (options.signal?.aborted) throw e;
    throw new ApiError(0, "offline", "The monitor does not answer.");
  }
}

function isText(body: unknown): Text | null {
  const text = body as Partial<Text>;
  return typeof text.text === "string" && typeof text.type === "string" && Object.keys(text).length === 2
    ? (text as Text)
    : null;
}

function csrfToken(): string | null {
  return /(?:^|;\s*)pharos_csrf=([^;]*)/.exec(globalThis.document?.cookie ?? "")?.[1] || null;
}

async function failure(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const kind = problem.type?.split(":").at(-1) ?? "http";
  if (response.status === 401 && kind === "login_required") onLoginRequired();
  return new ApiError(
    response.status,
    kind,
    problem.detail ?? problem.title ?? `The monitor answered ${response.status}.`,
    problem.errors ?? [],
  );
}
