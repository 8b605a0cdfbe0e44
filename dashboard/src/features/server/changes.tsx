import { useInfiniteQuery } from "@tanstack/react-query";
import { Minus, PencilLine, Plus } from "lucide-react";
import { memo } from "react";
import { call } from "../../api/client";
import type { CapabilityChange, Server } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { moment } from "../../lib/format";
import { Problem } from "../../ui/problem";
import { Ring } from "../../ui/ring";
import { Ago } from "../../ui/time";
import { w } from "./capability-words";
import { type Difference, differences, valueText, wordDiff } from "./diff";

const PAGE = 50;

/** How what a server offers changed: what came, what went, and old and new text of what is different. */
export function ChangesTab({ server }: { server: Server }) {
  const language = useLanguage();
  const changes = useInfiniteQuery({
    queryKey: ["server", server.name, "changes"],
    queryFn: ({ pageParam, signal }) =>
      call("listCapabilityChanges", {
        path: { name: server.name },
        query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
  const all = (changes.data?.pages ?? []).flatMap((page) => page.changes);
  if (changes.error && !changes.data)
    return <Problem error={changes.error} onAgain={() => void changes.refetch()} />;
  if (changes.isSuccess && all.length === 0)
    return <p className="card px-6 py-14 text-center text-muted">{w("change.none")}</p>;
  return (
    <div className="stale-able flex flex-col gap-4">
      {byMoment(all).map(({ at, changes: together }) => (
        <section key={at} className="card">
          <h2 className="num flex items-center gap-2 px-4 py-2.5 text-sm text-muted">
            <span className="font-semibold text-text">{moment(at, language)}</span>
            <Ago at={at} />
          </h2>
          <ul>
            {together.map((change) => (
              <Change key={change.id} change={change} />
            ))}
          </ul>
        </section>
      ))}
      {changes.hasNextPage ? (
        <button
          type="button"
          onClick={() => void changes.fetchNextPage()}
          className="flex items-center justify-center gap-2 py-3 text-sm font-medium text-accent hover:underline"
        >
          {changes.isFetchingNextPage ? <Ring share={null} /> : null}
          {w("change.older")}
        </button>
      ) : null}
    </div>
  );
}

function byMoment(changes: readonly CapabilityChange[]): Array<{ at: string; changes: CapabilityChange[] }> {
  const groups: Array<{ at: string; changes: CapabilityChange[] }> = [];
  for (const each of changes) {
    const last = groups.at(-1);
    if (last?.at === each.at) last.changes.push(each);
    else groups.push({ at: each.at, changes: [each] });
  }
  return groups;
}

const MARK = {
  added: <Plus size={15} aria-hidden="true" className="text-ok-text" />,
  removed: <Minus size={15} aria-hidden="true" className="text-bad-text" />,
  changed: <PencilLine size={14} aria-hidden="true" className="text-warn-text" />,
};

const Change = memo(function Change({ change }: { change: CapabilityChange }) {
  const one = change.after ?? change.before;
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 border-t border-line px-4 py-2.5">
      <span className="grid h-5.5 place-items-center">{MARK[change.kind]}</span>
      <div className="flex min-w-0 flex-col gap-2">
        <p>
          <code className="font-mono text-sm font-semibold break-all">{change.key}</code>{" "}
          <span className="text-sm text-muted">
            {w(`change.${change.kind}`)} · {w(`cap.${change.list}`)}
          </span>
        </p>
        {change.kind === "changed" ? (
          <ul className="flex flex-col gap-2">
            {differences(change.before, change.after).map((each) => (
              <li key={each.path}>
                <Diff difference={each} />
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-sm text-muted">{typeof one?.description === "string" ? one.description : ""}</p>
        )}
        <details className="text-sm">
          <summary className="w-fit text-xs text-muted hover:text-text">{w("change.whole")}</summary>
          <div className="mt-1.5 grid gap-2 lg:grid-cols-2">
            {change.before ? <Whole title={w("change.before")} value={change.before} /> : null}
            {change.after ? <Whole title={w("change.after")} value={change.after} /> : null}
          </div>
        </details>
      </div>
    </li>
  );
});

function Whole({ title, value }: { title: string; value: unknown }) {
  return (
    <figure className="min-w-0">
      <figcaption className="text-xs text-muted">{title}</figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        className="mt-1 max-h-80 overflow-auto rounded-lg bg-sunken p-3 font-mono text-xs"
      >
        {JSON.stringify(value, null, 2)}
      </pre>
    </figure>
  );
}

function Diff({ difference }: { difference: Difference }) {
  const { path, before, after } = difference;
  const prose = typeof before === "string" && typeof after === "string";
  return (
    <div className="text-sm">
      <code className="font-mono text-2xs break-all text-muted">{path}</code>
      {prose ? (
        <p className="break-words whitespace-pre-wrap">
          {wordDiff(before, after).map((part, i) =>
            part.kind === "same" ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a difference does not change
              <span key={i}>{part.text}</span>
            ) : part.kind === "removed" ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a difference does not change
              <del key={i} className="rounded bg-bad-soft text-bad-text decoration-1">
                {part.text}
              </del>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: a difference does not change
              <ins key={i} className="rounded bg-ok-soft text-ok-text no-underline">
                {part.text}
              </ins>
            ),
          )}
        </p>
      ) : (
        <div className="mt-0.5 flex flex-col gap-1 font-mono text-xs">
          {before === undefined ? null : (
            <del className="block rounded bg-bad-soft px-2 py-1 break-words whitespace-pre-wrap text-bad-text no-underline">
              − {valueText(before)}
            </del>
          )}
          {after === undefined ? null : (
            <ins className="block rounded bg-ok-soft px-2 py-1 break-words whitespace-pre-wrap text-ok-text no-underline">
              + {valueText(after)}
            </ins>
          )}
        </div>
      )}
    </div>
  );
}
