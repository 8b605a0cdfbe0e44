import type { Health, Server } from "../api/schema";
import type { CircuitChange, FleetEvent, HealthCheck, StatusChange } from "./events";

/** All servers by name: what the query cache holds and the feed patches. */
export interface Fleet {
  readonly byName: Readonly<Record<string, Server>>;
  /** Servers whose capabilities changed since the page was opened, with the moment. */
  readonly changedTools: Readonly<Record<string, string>>;
  /** False while only the first page is here: then numbers of servers say nothing. */
  readonly complete: boolean;
}

export interface Applied {
  fleet: Fleet;
  /** Servers to ask for again: the event says that they changed, not how. */
  refetch: Set<string>;
  /** Whether the fleet's list itself may have changed. */
  refetchAll: boolean;
}

export const BEATS = 40;

export function fleetOf(
  servers: readonly Server[],
  changedTools: Fleet["changedTools"] = {},
  complete = true,
): Fleet {
  return { byName: Object.fromEntries(servers.map((each) => [each.name, each])), changedTools, complete };
}

/**
 * The fleet with these servers as the API told them: one that has another name leaves its old one. `since` is what
 * the feed told since they were asked for: the answer may be older than that.
 */
export function withServers(
  fleet: Fleet,
  servers: readonly Server[],
  since: readonly FleetEvent[] = [],
): Fleet {
  const byName: Record<string, Server> = { ...fleet.byName };
  for (const server of servers) {
    if (byName[server.name]?.id !== server.id) {
      const before = Object.values(byName).find((each) => each.id === server.id);
      if (before) delete byName[before.name];
    }
    byName[server.name] = server;
  }
  const told = since.filter((each) => servers.some((server) => server.name === each.mcp_name));
  return applyEvents({ ...fleet, byName }, told).fleet;
}

/** The fleet after some events, in their order. Servers that did not change keep their identity. */
export function applyEvents(fleet: Fleet, events: readonly FleetEvent[]): Applied {
  const byName: Record<string, Server> = { ...fleet.byName };
  let changedTools = fleet.changedTools;
  const refetch = new Set<string>();
  let refetchAll = false;
  const patch = (name: string, change: (server: Server) => Server) => {
    const server = byName[name];
    if (server) byName[name] = change(server);
    else if (fleet.complete) refetch.add(name);
  };
  for (const event of events) {
    switch (event.type) {
      case "mcp_status_change":
        patch(event.mcp_name, (server) => statusChanged(server, event));
        break;
      case "mcp_health_check":
        patch(event.mcp_name, (server) => checked(server, event));
        break;
      case "circuit_breaker_state":
        patch(event.mcp_name, (server) => circuitChanged(server, event));
        break;
      case "mcp_auto_disabled":
      case "mcp_auto_enabled":
        refetch.add(event.mcp_name);
        break;
      case "mcp_capabilities_changed":
        changedTools = { ...changedTools, [event.mcp_name]: event.timestamp };
        refetch.add(event.mcp_name);
        break;
      case "mcp_config_change":
        if (event.mcp_name === null) refetchAll = true;
        else if (event.change === "deleted") {
          delete byName[event.mcp_name];
          refetch.delete(event.mcp_name);
        } else refetch.add(event.mcp_name);
        // A new name arrives as an edit of the new one; the old one is found missing by the list alone.
        if (event.change === "updated" && event.fields.includes("name")) refetchAll = true;
        break;
      case "monitor_state":
        break;
    }
  }
  return { fleet: { byName, changedTools, complete: fleet.complete }, refetch, refetchAll };
}

function statusChanged(server: Server, event: StatusChange): Server {
  return {
    ...server,
    health_status: event.new_status,
    health_since: event.timestamp,
    reason: reasonOf(event.new_status, event.reason, event),
    tool_count: event.tool_count ?? server.tool_count,
    response_time_ms: event.response_time_ms ?? server.response_time_ms,
    error_count: event.error_count,
  };
}

function checked(server: Server, event: HealthCheck): Server {
  // What the list already told is not counted twice.
  const known = server.last_health_check;
  if (known !== null && Date.parse(event.last_health_check) <= Date.parse(known)) {
    return { ...server, next_check_at: event.next_check_at };
  }
  const beat: [Health, number | null] = [event.health_status, event.response_time_ms];
  return {
    ...server,
    health_status: event.health_status,
    last_health_check: event.last_health_check,
    next_check_at: event.next_check_at,
    response_time_ms: event.response_time_ms,
    tool_count: event.tool_count ?? server.tool_count,
    reason:
      event.health_status === "healthy"
        ? null
        : event.error
          ? reasonOf(event.health_status, event.error, event)
          : server.reason,
    recent: [beat, ...server.recent].slice(0, BEATS),
  };
}

function reasonOf(
  health: Health,
  message: string | null,
  event: Pick<StatusChange, "stage" | "kind">,
): Server["reason"] {
  return health === "healthy" || message === null
    ? null
    : { stage: event.stage, kind: event.kind ?? "", message };
}

function circuitChanged(server: Server, event: CircuitChange): Server {
  return {
    ...server,
    circuit_state: event.new_state,
    failure_cycle_count: event.failure_cycles,
  };
}
