import { keepPreviousData, useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { ChevronRight, Search } from "lucide-react";
import { type ReactNode, useDeferredValue, useState } from "react";
import { call } from "../../api/client";
import type { Server } from "../../api/schema";
import { agoText } from "../../i18n";
import { useNow } from "../../lib/clock";
import { Problem } from "../../ui/problem";
import { w } from "./capability-words";
import { ToolCall } from "./tool-call";
import { type SchemaRow, schemaRows } from "./tool-form";

type Item = Record<string, unknown>;
const LISTS = ["tools", "prompts", "resources", "resource_templates"] as const;
type ListName = (typeof LISTS)[number];

const str = (value: unknown): string => (typeof value === "string" ? value : "");
const keyOf = (item: Item): string => str(item.name) || str(item.uri) || str(item.uriTemplate);

/** What a server offers, from the cache, to search and to try. */
export function CapabilitiesTab({ server }: { server: Server }) {
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim().toLowerCase());
  const found = useQuery({
    queryKey: ["server", server.name, "capabilities"],
    queryFn: ({ signal }) => call("getCapabilities", { path: { name: server.name }, signal }),
    placeholderData: keepPreviousData,
  });
  const data = found.data;
  if (found.error && !data) return <Problem error={found.error} onAgain={() => void found.refetch()} />;
  if (!data) return null;
  if (data.snapshot === null)
    return <p className="card px-6 py-14 text-center text-muted">{w("cap.never")}</p>;
  return (
    <div className="stale-able flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="relative w-full max-w-sm">
          <Search
            size={15}
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-faint"
          />
          <input
            type="text"
            inputMode="search"
            autoComplete="off"
            aria-label={w("cap.search")}
            placeholder={w("cap.search")}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="h-8.5 w-full rounded-lg border border-line-strong bg-surface pr-3 pl-9 text-sm coarse:h-10"
          />
        </div>
        <Age seen={data.seen_at} cached={data.cached_at} />
      </div>
      {LISTS.map((list) => (
        <List key={list} list={list} items={data[list]} query={query} server={server} />
      ))}
    </div>
  );
}

function Age({ seen, cached }: { seen: string | null; cached: string | null }) {
  const now = useNow();
  const text = (at: string | null) => (at ? agoText(Date.parse(at), now) : "–");
  return <p className="num text-xs text-muted">{w("cap.age", { seen: text(seen), cached: text(cached) })}</p>;
}

function List({
  list,
  items,
  query,
  server,
}: {
  list: ListName;
  items: Item[] | null;
  query: string;
  server: Server;
}) {
  const shown = (items ?? []).filter(
    (item) =>
      !query || `${keyOf(item)} ${str(item.title)} ${str(item.description)}`.toLowerCase().includes(query),
  );
  if (query && shown.length === 0) return null;
  return (
    <section aria-labelledby={`list-${list}`} className="card">
      <h2 id={`list-${list}`} className="flex items-center gap-2 px-4 py-3 font-semibold">
        {w(`cap.${list}`)}
        <span className="num rounded-full bg-sunken px-2 text-xs font-normal text-muted">
          {items === null ? w("cap.not_asked") : items.length}
        </span>
      </h2>
      {shown.length > 0 ? (
        <ul>
          {shown.map((item, i) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a server may give one name twice
              key={`${keyOf(item)}${i}`}
              className="border-t border-line [contain-intrinsic-size:auto_3.4rem] [content-visibility:auto]"
            >
              <Entry list={list} item={item} server={server} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Entry({ list, item, server }: { list: ListName; item: Item; server: Server }) {
  const [opened, setOpened] = useState(false);
  const where = str(item.uri) || str(item.uriTemplate);
  return (
    <details className="group" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary className="grid list-none grid-cols-[1rem_minmax(0,1fr)_auto] items-start gap-x-2.5 px-4 py-2.5 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          aria-hidden="true"
          className="mt-1 text-faint transition-transform group-open:rotate-90"
        />
        <span className="min-w-0">
          <code className="font-mono text-sm font-semibold break-all">{keyOf(item)}</code>
          {str(item.title) ? <span className="ml-2 text-sm text-muted">{str(item.title)}</span> : null}
          {where && where !== keyOf(item) ? (
            <code className="block font-mono text-xs break-all text-muted">{where}</code>
          ) : null}
          <span className="block text-sm text-muted group-open:whitespace-pre-wrap not-group-open:truncate">
            {str(item.description)}
          </span>
        </span>
        <Marks item={item} />
      </summary>
      {opened ? (
        <div className="flex flex-col gap-4 px-4 pt-1 pb-5 sm:pl-10">
          {list === "tools" ? (
            <>
              <Schema title={w("cap.arguments")} rows={schemaRows(item.inputSchema)} empty />
              <Schema title={w("cap.output")} rows={schemaRows(item.outputSchema)} />
              <ToolCall server={server} tool={item} />
            </>
          ) : null}
          {list === "prompts" ? (
            <Schema title={w("cap.arguments")} rows={promptRows(item.arguments)} empty />
          ) : null}
          <details className="text-sm">
            <summary className="w-fit text-muted hover:text-text">{w("cap.raw")}</summary>
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
              tabIndex={0}
              className="mt-2 max-h-96 overflow-auto rounded-lg bg-sunken p-3 font-mono text-xs"
            >
              {JSON.stringify(item, null, 2)}
            </pre>
          </details>
        </div>
      ) : null}
    </details>
  );
}

function promptRows(args: unknown): SchemaRow[] {
  return (Array.isArray(args) ? (args as Item[]) : []).map((each) => ({
    name: str(each.name),
    type: "string",
    required: each.required === true,
    description: str(each.description),
    initial: "",
  }));
}

function Marks({ item }: { item: Item }) {
  const notes = (item.annotations ?? {}) as Item;
  const marks: Array<[string, string]> = [];
  if (notes.readOnlyHint === true) marks.push([w("cap.read_only"), "bg-ok-soft text-ok-text"]);
  if (notes.destructiveHint === true && notes.readOnlyHint !== true)
    marks.push([w("cap.destructive"), "bg-bad-soft text-bad-text"]);
  if (notes.idempotentHint === true) marks.push([w("cap.idempotent"), "bg-sunken text-muted"]);
  if (notes.openWorldHint === true) marks.push([w("cap.open_world"), "bg-sunken text-muted"]);
  if (str(item.mimeType)) marks.push([str(item.mimeType), "bg-sunken text-muted"]);
  return (
    <span className="flex flex-wrap justify-end gap-1">
      {marks.map(([text, look]) => (
        <span key={text} className={clsx("rounded-full px-2 py-0.5 text-2xs whitespace-nowrap", look)}>
          {text}
        </span>
      ))}
    </span>
  );
}

function Schema({ title, rows, empty }: { title: ReactNode; rows: readonly SchemaRow[]; empty?: boolean }) {
  if (rows.length === 0) return empty ? <p className="text-sm text-muted">{w("cap.no_arguments")}</p> : null;
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-muted">{title}</h3>
      <dl className="rounded-lg border border-line text-sm">
        {rows.map((row) => (
          <div
            key={row.name}
            className="grid gap-x-4 border-t border-line px-3 py-1.5 first:border-t-0 sm:grid-cols-[minmax(8rem,1fr)_minmax(6rem,1fr)_2fr]"
          >
            <dt className="min-w-0">
              <code className="font-mono text-xs font-semibold break-all">{row.name}</code>
              {row.required ? <span className="ml-2 text-2xs text-muted">{w("cap.required")}</span> : null}
            </dt>
            <dd className="min-w-0 font-mono text-xs leading-5 break-words text-muted">
              {row.type}
              {row.initial ? ` = ${row.initial}` : ""}
            </dd>
            <dd className="min-w-0 break-words text-muted">{row.description}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
