import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { Server } from "../../api/schema";
import { type Key, t } from "../../i18n";
import { Beats } from "./beats";
import { LastCell, LatencyCell, NextCell, ToolsCell, TransportCell, UptimeCell } from "./cells";
import type { Sort, UptimeWindow } from "./filter";

/** A row of the table: the server, and what the page adds to it. */
export interface Row {
  server: Server;
  changedTools: string | undefined;
  window: UptimeWindow;
}

export const features = tableFeatures({ rowSortingFeature, columnVisibilityFeature });
const helper = createColumnHelper<typeof features, Row>();

export interface ColumnLook {
  /** Pixels. */
  width: number;
  /** The higher, the earlier it gives way on a narrow screen; 0 stays. */
  priority: number;
  sort: Sort | null;
  right?: boolean;
}

export const LOOKS: Record<string, ColumnLook> = {
  name: { width: 230, priority: 0, sort: "name" },
  transport: { width: 96, priority: 7, sort: "transport" },
  beats: { width: 220, priority: 3, sort: null },
  latency: { width: 136, priority: 2, sort: "latency", right: true },
  uptime: { width: 84, priority: 4, sort: "uptime", right: true },
  tools: { width: 62, priority: 6, sort: "tools", right: true },
  last: { width: 112, priority: 1, sort: "last", right: true },
  next: { width: 80, priority: 5, sort: "next", right: true },
  actions: { width: 76, priority: 0, sort: null },
};

const title = (key: Key) => () => t(key);

export const columns = helper.columns([
  helper.display({ id: "name", header: title("column.name") }),
  helper.display({
    id: "transport",
    header: title("column.transport"),
    cell: ({ row }) => <TransportCell server={row.original.server} />,
  }),
  helper.display({
    id: "beats",
    header: title("column.beats"),
    cell: ({ row }) => <Beats server={row.original.server} />,
  }),
  helper.display({
    id: "latency",
    header: title("column.latency"),
    cell: ({ row }) => <LatencyCell server={row.original.server} />,
  }),
  helper.display({
    id: "uptime",
    header: title("column.uptime"),
    cell: ({ row }) => <UptimeCell server={row.original.server} window={row.original.window} />,
  }),
  helper.display({
    id: "tools",
    header: title("column.tools"),
    cell: ({ row }) => <ToolsCell server={row.original.server} changed={row.original.changedTools} />,
  }),
  helper.display({
    id: "last",
    header: title("column.last"),
    cell: ({ row }) => <LastCell server={row.original.server} />,
  }),
  helper.display({
    id: "next",
    header: title("column.next"),
    cell: ({ row }) => <NextCell server={row.original.server} />,
  }),
  helper.display({ id: "actions", header: title("column.actions") }),
]);
