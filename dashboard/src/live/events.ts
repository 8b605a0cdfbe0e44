import type {
  CapabilitiesEvent,
  CircuitEvent,
  ConfigEvent,
  Event,
  FeedMessage,
  HealthCheckEvent,
  StatusChangeEvent,
} from "../api/schema";

/** Names of this side for what the description of the API calls events of the feed. */
export type FleetEvent = Event;
export type StatusChange = StatusChangeEvent;
export type HealthCheck = HealthCheckEvent;
export type CircuitChange = CircuitEvent;
export type CapabilitiesChange = CapabilitiesEvent;
export type ConfigChange = ConfigEvent;
export type NamesByList = CapabilitiesEvent["added"];
export type { FeedMessage };
