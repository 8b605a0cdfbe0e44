import { Copy, CopyCheck } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Server } from "../../api/schema";
import { lengthText, tn, useLanguage } from "../../i18n";
import { useNow } from "../../lib/clock";
import { moment, number } from "../../lib/format";
import { Ago, Until } from "../../ui/time";
import { w as edit } from "./edit-words";
import { tokenEnd } from "./token";
import { w, wn } from "./words";

const TRANSPORT: Record<string, string> = {
  "streamable-http": "Streamable HTTP",
  sse: "HTTP+SSE",
  stdio: "stdio",
};
const DAY = 86_400_000;
const SOON = 21;
const TONE = { plain: "", warn: "text-warn-text", bad: "text-bad-text" } as const;

/** What is known of a server that does not change with every check. */
export function FactsCard({ server }: { server: Server }) {
  const language = useLanguage();
  const address = server.url ?? [server.command, ...(server.args ?? [])].filter(Boolean).join(" ");
  const transport = server.transport ?? (server.protocol === "auto" ? null : server.protocol);
  const info = server.server_info;
  return (
    <section aria-labelledby="facts-title" className="card stale-able p-4">
      <h2 id="facts-title" className="mb-2.5 font-semibold">
        {w("facts.title")}
      </h2>
      {server.description ? <p className="mb-3 text-sm text-muted">{server.description}</p> : null}
      <dl className="flex flex-col gap-2 text-sm">
        <Fact label={server.url ? w("facts.address") : w("facts.command")}>
          <Copyable text={address} />
        </Fact>
        {info ? (
          <Fact label={w("facts.server")}>
            {info.title ?? info.name} <span className="num text-muted">{info.version}</span>
            {info.title && info.title !== info.name ? (
              <span className="block text-xs text-faint">{info.name}</span>
            ) : null}
          </Fact>
        ) : null}
        {transport ? <Fact label={w("facts.transport")}>{TRANSPORT[transport]}</Fact> : null}
        {server.protocol_version ? (
          <Fact label={w("facts.revision")}>
            <span className="num">MCP {server.protocol_version}</span>
          </Fact>
        ) : null}
        {server.tool_count !== null ? <Fact label={w("facts.capabilities")}>{offers(server)}</Fact> : null}
        {server.certificate_expires_at ? (
          <Fact label={w("facts.certificate")}>
            <Certificate until={server.certificate_expires_at} />
          </Fact>
        ) : null}
        {server.auth_type && server.auth_type !== "none" ? (
          <Fact label={w("facts.sign_in")}>{edit(`edit.auth.${server.auth_type}`)}</Fact>
        ) : null}
        {server.token_expires_at ? (
          <Fact label={w("facts.token")}>
            <Token auth={server.auth_type} until={server.token_expires_at} />
          </Fact>
        ) : null}
        <Fact label={w("facts.timeout")}>
          <span className="num">
            {server.timeout_seconds < 1
              ? `${number(server.timeout_seconds * 1_000, language)} ms`
              : lengthText(server.timeout_seconds * 1_000)}
          </span>
        </Fact>
        {server.managed_by ? <Fact label={w("facts.managed")}>{server.managed_by}</Fact> : null}
        <Fact label={w("facts.created")}>
          <Ago at={server.created_at} className="num" />
        </Fact>
        {server.version > 1 ? (
          <Fact label={w("facts.edited")}>
            <Ago at={server.updated_at} className="num" />
          </Fact>
        ) : null}
      </dl>
    </section>
  );
}

function offers(server: Server): string {
  return [
    tn("result.tools", server.tool_count ?? 0),
    server.prompt_count ? tn("result.prompts", server.prompt_count) : "",
    server.resource_count ? tn("result.resources", server.resource_count) : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Copyable({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <span className="flex items-start gap-1">
      <code className="min-w-0 font-mono text-xs leading-5 break-all">{text}</code>
      <button
        type="button"
        aria-label={copied ? w("facts.copied") : w("facts.copy")}
        title={copied ? w("facts.copied") : w("facts.copy")}
        onClick={() =>
          void navigator.clipboard?.writeText(text).then(() => {
            setCopied(true);
            setTimeout(() => setCopied(false), 2_000);
          })
        }
        className="grid size-6 shrink-0 place-items-center rounded text-faint hover:bg-hover hover:text-text coarse:size-9"
      >
        {copied ? <CopyCheck size={13} /> : <Copy size={13} />}
      </button>
    </span>
  );
}

function Certificate({ until }: { until: string }) {
  const language = useLanguage();
  const days = Math.floor((Date.parse(until) - useNow()) / DAY);
  const tone = days < 0 ? "text-bad-text" : days < SOON ? "text-warn-text" : "";
  return (
    <span className={tone}>
      {days < 0 ? w("facts.certificate_ended") : wn("facts.certificate_left", days)}
      <span className="num block text-xs text-faint">{moment(until, language)}</span>
    </span>
  );
}

/** When the token ends that the server was shown, as a moving time. */
function Token({ auth, until }: { auth: Server["auth_type"]; until: string }) {
  const language = useLanguage();
  const now = useNow();
  const { tone, note } = tokenEnd(auth, until, now);
  const ended = Date.parse(until) <= now;
  return (
    <span className={TONE[tone]}>
      {ended ? w("facts.token_ended") : w("facts.token_ends")}{" "}
      {ended ? <Ago at={until} className="num" /> : <Until at={until} className="num" />}
      <span className="num block text-xs text-faint">{moment(until, language)}</span>
      {note ? <span className="block text-xs text-faint">{w(note)}</span> : null}
    </span>
  );
}
