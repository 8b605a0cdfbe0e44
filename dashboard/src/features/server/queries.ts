import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { call } from "../../api/client";
import type { LogRow, Server, Span } from "../../api/schema";
import { serverNow, useNow } from "../../lib/clock";
import { lengthOf, rangeOf, type ServerSearch, type TimeRange } from "./range";
import { type Piece, piecesOfPoints, piecesOfSpans } from "./strip";

const SPAN_PAGE = 1_000;
const MOST_SPAN_PAGES = 4;
const LOG_PAGE = 25;
const SLICES = 8;
export const SLICE_CHECKS = 100;

/** A preset ends at the moment it is asked for: what is on screen moves in steps. */
const query = (range: TimeRange): { from: string; to?: string } =>
  range.preset === null
    ? { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() }
    : { from: new Date(serverNow() - lengthOf(range.preset)).toISOString() };

/** The range as it moves: once a second for an hour, less often for longer ones. */
export function useRange(search: ServerSearch): TimeRange {
  const now = useNow();
  const range = rangeOf(search, now);
  const step = Math.max(1_000, Math.min(60_000, (range.to - range.from) / 1_200));
  return rangeOf(search, Math.ceil(now / step) * step);
}

/** What a range is called: presets keep their name while they move. */
const nameOf = (range: TimeRange): string => range.preset ?? `${range.from}-${range.to}`;

/** A value that follows another one, at most once in `ms`. */
export function useThrottled<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + ms - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setShown(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return shown;
}

/** Asks again when something was heard: what is on screen stays until the answer is there. */
const LIVE = { placeholderData: keepPreviousData, staleTime: 1_000 } as const;

export interface Past {
  pieces: Piece[];
  /** Empty when there are too many to list. */
  spans: Span[];
}

/** What was, for the strip: spans, or roll-ups where there are too many spans. */
export function usePast(name: string, range: TimeRange, heard: string) {
  return useQuery({
    ...LIVE,
    queryKey: ["server", name, "past", nameOf(range), range.preset ? heard : ""],
    queryFn: async ({ signal }): Promise<Past> => {
      const spans: Span[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < MOST_SPAN_PAGES; page++) {
        const answer: { spans: Span[]; next_cursor: string | null } = await call("listSpans", {
          path: { name },
          query: { ...query(range), limit: SPAN_PAGE, ...(cursor ? { cursor } : {}) },
          signal,
        });
        spans.push(...answer.spans);
        cursor = answer.next_cursor;
        if (cursor === null) return { pieces: piecesOfSpans(spans, Number.POSITIVE_INFINITY), spans };
      }
      const oldest = Date.parse(spans.at(-1)?.from ?? "");
      const history = await call("getHistory", { path: { name }, query: query(range), signal });
      const points = history.points.filter((each) => Date.parse(each.begin) < oldest);
      return {
        pieces: [...piecesOfPoints(points), ...piecesOfSpans(spans, Number.POSITIVE_INFINITY)],
        spans,
      };
    },
  });
}

/**
 * The server with its facts of now and then: looks tell of its health, not of a certificate or token that
 * took the place of another.
 */
export function useFacts(server: Server, heard: string): Server {
  const { data } = useQuery({
    ...LIVE,
    queryKey: ["server", server.name, "facts", server.version, heard],
    queryFn: ({ signal }) => call("getServer", { path: { name: server.name }, signal }),
  });
  if (!data || data.id !== server.id || data.version !== server.version) return server;
  const { transport, protocol_version, server_info, certificate_expires_at, token_expires_at } = data;
  return { ...server, transport, protocol_version, server_info, certificate_expires_at, token_expires_at };
}

export function useUptime(name: string, range: TimeRange, heard: string) {
  return useQuery({
    ...LIVE,
    queryKey: ["server", name, "uptime", nameOf(range), range.preset ? heard : ""],
    queryFn: ({ signal }) => call("getUptime", { path: { name }, query: query(range), signal }),
  });
}

export function useHistory(name: string, range: TimeRange, heard: string) {
  return useQuery({
    ...LIVE,
    queryKey: ["server", name, "history", nameOf(range), range.preset ? heard : ""],
    queryFn: ({ signal }) => call("getHistory", { path: { name }, query: query(range), signal }),
  });
}

/** Checks from all parts of the range, as many as are worth drawing. */
export function useSample(name: string, range: TimeRange, heard: string) {
  return useQuery({
    ...LIVE,
    queryKey: ["server", name, "sample", nameOf(range), range.preset ? heard : ""],
    queryFn: async ({ signal }): Promise<LogRow[]> => {
      const size = (range.to - range.from) / SLICES;
      const pages = await Promise.all(
        Array.from({ length: SLICES }, (_, i) => {
          const slice = { from: range.from + i * size, to: range.from + (i + 1) * size, preset: null };
          return call("listLogs", {
            path: { name },
            query: { ...query(slice), limit: SLICE_CHECKS },
            signal,
          });
        }),
      );
      return pages.flatMap((page) => page.logs);
    },
  });
}

export function useChecks(name: string, range: TimeRange, status: ServerSearch["status"], heard: string) {
  return useInfiniteQuery({
    ...LIVE,
    queryKey: ["server", name, "logs", nameOf(range), status ?? "", range.preset ? heard : ""],
    queryFn: ({ pageParam, signal }) =>
      call("listLogs", {
        path: { name },
        query: {
          ...query(range),
          limit: LOG_PAGE,
          ...(status ? { status } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor,
  });
}
