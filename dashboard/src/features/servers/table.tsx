import { type Row as TableRow, useTable } from "@tanstack/react-table";
import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { memo, useEffect, useMemo, useRef, useState } from "react";
import type { Server } from "../../api/schema";
import { t } from "../../i18n";
import { useStore } from "../../lib/store";
import { fitting } from "../../lib/windowing";
import { moodOf } from "../../live/fleet";
import { HealthIcon } from "../../ui/health";
import { useWidth, useWindowed } from "../../ui/windowed";
import { Subtitle, Tags } from "./cells";
import { columns, features, LOOKS, type Row } from "./columns";
import type { Sort, UptimeWindow } from "./filter";
import { preferences } from "./preferences";
import { NameLink, ReloadButton, RowMenu } from "./row-actions";

export interface TableProps {
  servers: readonly Server[];
  changedTools: Readonly<Record<string, string>>;
  window: UptimeWindow;
  sort: { by: Sort; backwards: boolean };
  onSort: (by: Sort) => void;
  onTag: (tag: string) => void;
  active: string | null;
  onActive: (name: string) => void;
}

const ROW_HEIGHT = { comfortable: 52, compact: 36 } as const;

export function ServersTable(props: TableProps) {
  const { density, hidden } = useStore(preferences);
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const width = useWidth(frame);
  const shown = useMemo(() => {
    const wanted = Object.entries(LOOKS)
      .filter(([id]) => !hidden.includes(id as never))
      .map(([id, look]) => ({ id, ...look }));
    return new Set(fitting(wanted, width).map((each) => each.id));
  }, [hidden, width]);
  const height = ROW_HEIGHT[density];
  const count = props.servers.length;
  const { start, end } = useWindowed(body, count, height);
  // The table knows only the rows that are drawn: with thousands, making them all takes longer than drawing.
  const data = useMemo(
    () =>
      props.servers.slice(start, end).map((server) => ({
        server,
        changedTools: props.changedTools[server.name],
        window: props.window,
      })),
    [props.servers, props.changedTools, props.window, start, end],
  );
  const table = useTable({
    features,
    columns,
    data,
    getRowId: (row) => row.server.name,
    // The page sorts: it knows how rows stay in place under the pointer.
    manualSorting: true,
    state: {
      columnVisibility: Object.fromEntries(Object.keys(LOOKS).map((id) => [id, shown.has(id)])),
      sorting: [{ id: props.sort.by, desc: props.sort.backwards }],
    },
  });
  const visible = [...shown].join(",");
  return (
    <div ref={frame} data-density={density} className="card stale-able">
      <table
        className="w-full table-fixed border-separate border-spacing-0 text-sm"
        aria-rowcount={count + 1}
      >
        <caption className="sr-only">{t("servers.title")}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <HeadCell key={header.id} id={header.column.id} {...props}>
                  <table.FlexRender header={header} />
                </HeadCell>
              ))}
            </tr>
          ))}
        </thead>
        <tbody ref={body}>
          <Spacer height={start * height} />
          {table.getRowModel().rows.map((row, i) => (
            <ServerRow
              key={row.id}
              row={row}
              index={start + i}
              last={start + i === count - 1}
              compact={density === "compact"}
              visible={visible}
              active={props.active === row.id}
              onTag={props.onTag}
              onActive={props.onActive}
              FlexRender={table.FlexRender}
            />
          ))}
          <Spacer height={(count - end) * height} />
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ height }: { height: number }) {
  return height > 0 ? (
    <tr>
      <td style={{ height }} />
    </tr>
  ) : null;
}

function HeadCell({ id, sort, onSort, children }: { id: string; children: React.ReactNode } & TableProps) {
  const look = LOOKS[id];
  if (!look) return null;
  const sorted = look.sort !== null && sort.by === look.sort;
  const Arrow = sort.backwards ? ArrowDown : ArrowUp;
  const place = clsx(
    "sticky top-14 z-20 h-9 border-b border-line bg-surface px-3 text-xs font-medium text-muted first:rounded-tl-[10px] first:pl-4 last:rounded-tr-[10px] last:pr-3",
    look.right ? "text-right" : "text-left",
  );
  const width = id === "name" ? undefined : { width: look.width };
  if (id === "actions") {
    return (
      <th scope="col" style={width} className={place}>
        <span className="sr-only">{children}</span>
      </th>
    );
  }
  return (
    <th
      scope="col"
      style={width}
      className={place}
      aria-sort={sorted ? (sort.backwards ? "descending" : "ascending") : undefined}
    >
      {look.sort ? (
        <button
          type="button"
          onClick={() => look.sort && onSort(look.sort)}
          className={clsx(
            "inline-flex items-center gap-1 rounded hover:text-text",
            sorted && "text-text",
            look.right && "flex-row-reverse",
          )}
        >
          {children}
          {sorted ? <Arrow size={13} aria-hidden="true" /> : null}
        </button>
      ) : (
        children
      )}
    </th>
  );
}

type FlexRender = ReturnType<typeof useTable<typeof features, Row>>["FlexRender"];

interface RowProps {
  row: TableRow<typeof features, Row>;
  index: number;
  last: boolean;
  compact: boolean;
  visible: string;
  active: boolean;
  onTag: (tag: string) => void;
  onActive: (name: string) => void;
  FlexRender: FlexRender;
}

const sameRow = (a: RowProps, b: RowProps): boolean =>
  a.row.original.server === b.row.original.server &&
  a.row.original.changedTools === b.row.original.changedTools &&
  a.row.original.window === b.row.original.window &&
  a.index === b.index &&
  a.last === b.last &&
  a.compact === b.compact &&
  a.visible === b.visible &&
  a.active === b.active;

/** Drawn again only when its own server changed. */
const ServerRow = memo(function ServerRow({
  row,
  index,
  last,
  compact,
  active,
  onTag,
  onActive,
  FlexRender,
}: RowProps) {
  const server = row.original.server;
  const mood = moodOf(server);
  const flashing = useFlash(mood);
  return (
    <tr
      data-row={server.name}
      aria-rowindex={index + 2}
      onFocus={() => onActive(server.name)}
      className={clsx(
        "group transition-colors hover:bg-hover",
        active && "bg-hover",
        flashing && "animate-flash",
        compact ? "h-9" : "h-13",
      )}
    >
      {row.getVisibleCells().map((cell) => {
        const id = cell.column.id;
        const look = LOOKS[id];
        return (
          <td
            key={cell.id}
            className={clsx(
              "px-3 first:pl-4 last:pr-3",
              !last && "border-b border-line",
              look?.right && "text-right",
              active && "first:shadow-[inset_2px_0_0_var(--accent)]",
            )}
          >
            {id === "name" ? (
              <NameCell server={server} compact={compact} onTag={onTag} />
            ) : id === "actions" ? (
              <span className="flex items-center justify-end gap-0.5">
                <ReloadButton server={server} />
                <RowMenu server={server} />
              </span>
            ) : (
              <FlexRender cell={cell} />
            )}
          </td>
        );
      })}
    </tr>
  );
}, sameRow);

function NameCell({
  server,
  compact,
  onTag,
}: {
  server: Server;
  compact: boolean;
  onTag: (tag: string) => void;
}) {
  const mood = moodOf(server);
  return (
    <span className="flex min-w-0 items-center gap-3">
      <HealthIcon mood={mood} size={18} label />
      <span className={clsx("min-w-0 flex-1", compact && "flex items-baseline gap-2.5")}>
        <span className={clsx("flex min-w-0 items-center gap-2", compact && "max-w-[70%] shrink-0")}>
          <NameLink server={server} className="min-w-0 truncate font-semibold hover:underline" />
          {compact ? null : <Tags server={server} onTag={onTag} />}
        </span>
        <span className="block min-w-0 truncate text-xs">
          <Subtitle server={server} />
        </span>
      </span>
    </span>
  );
}

/** True for a moment after a value changed. */
function useFlash(value: string): boolean {
  const [flash, setFlash] = useState(false);
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    setFlash(true);
    const timer = setTimeout(() => setFlash(false), 1_600);
    return () => clearTimeout(timer);
  }, [value]);
  return flash;
}
