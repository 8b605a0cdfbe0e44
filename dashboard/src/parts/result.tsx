import clsx from "clsx";
import { Info } from "lucide-react";
import type { Result } from "../api/schema";
import { t, tn, useLanguage } from "../i18n";
import { latency, shortAddress } from "../lib/format";
import { HealthIcon, MOOD_TEXT } from "../ui/health";

/**
 * What one check saw: verdict, facts, the time of every stage, findings. `asked` is the address that was asked for:
 * where the server was found is news only when it is another.
 */
export function ResultPanel({ result, asked }: { result: Result; asked?: string | undefined }) {
  const language = useLanguage();
  const { health_status, reason } = result;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-start gap-3">
        <HealthIcon mood={health_status} size={22} />
        <div className="min-w-0 flex-1">
          <p className={clsx("font-semibold", MOOD_TEXT[health_status])}>{t(`mood.${health_status}`)}</p>
          {reason ? <p className="mt-0.5 break-words">{reason.message}</p> : null}
          {!reason && result.server_info ? (
            <p className="mt-0.5 text-muted">
              {result.server_info.title ?? result.server_info.name}{" "}
              <span className="num">{result.server_info.version}</span>
            </p>
          ) : null}
        </div>
        <span className="num text-sm text-muted">{latency(result.response_time_ms, language)}</span>
      </div>
      <Facts result={result} asked={asked ?? result.target} />
      <Stages stages={result.stages} failed={reason?.stage ?? null} />
      <Findings findings={result.findings} />
    </div>
  );
}

const TRANSPORT = { "streamable-http": "Streamable HTTP", sse: "HTTP+SSE", stdio: "stdio" } as const;

function Facts({ result, asked }: { result: Result; asked: string }) {
  const facts: string[] = [];
  if (result.transport) facts.push(TRANSPORT[result.transport]);
  if (result.protocol_version) facts.push(`MCP ${result.protocol_version}`);
  if (result.tool_count !== null) facts.push(tn("result.tools", result.tool_count));
  if (result.prompt_count) facts.push(tn("result.prompts", result.prompt_count));
  if (result.resource_count) facts.push(tn("result.resources", result.resource_count));
  if (result.url && shortAddress(result.url) !== shortAddress(asked))
    facts.push(t("result.found_at", { url: result.url }));
  if (facts.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5 text-xs">
      {facts.map((fact) => (
        <li key={fact} className="num rounded-full bg-sunken px-2.5 py-1 break-all">
          {fact}
        </li>
      ))}
    </ul>
  );
}

/** The stages as bars, one after the other as they happened. */
export function Stages({ stages, failed }: { stages: Result["stages"]; failed: string | null }) {
  const language = useLanguage();
  if (stages.length === 0) return null;
  const total = Math.max(
    1,
    stages.reduce((sum, each) => sum + each.us, 0),
  );
  let before = 0;
  return (
    <table className="w-full text-xs">
      <caption className="sr-only">{t("result.stages")}</caption>
      <tbody>
        {stages.map(({ stage, us }, i) => {
          const begin = before;
          before += us;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: stages never move, and one may come twice
            <tr key={`${stage}-${i}`}>
              <th
                scope="row"
                className={clsx(
                  "w-24 py-0.5 pr-3 text-left font-normal",
                  stage === failed ? "text-bad-text" : "text-muted",
                )}
              >
                {t(`stage.${stage}`)}
              </th>
              <td className="py-0.5">
                <svg width="100%" height="8" aria-hidden="true" className="block rounded-full bg-sunken">
                  <rect
                    x={`${(begin / total) * 100}%`}
                    width={`${Math.max(0.6, (us / total) * 100)}%`}
                    height="8"
                    rx="4"
                    className={stage === failed ? "fill-bad" : "fill-accent"}
                  />
                </svg>
              </td>
              <td className="num w-20 py-0.5 pl-3 text-right">{latency(us / 1_000, language)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Findings({ findings }: { findings: Result["findings"] }) {
  if (findings.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5 text-sm">
      {findings.map((each) => (
        <li key={`${each.kind}${each.message}`} className="flex gap-2 text-muted">
          <Info size={15} className="mt-0.5 shrink-0 text-accent" aria-hidden="true" />
          <span className="break-words">{each.message}</span>
        </li>
      ))}
    </ul>
  );
}
