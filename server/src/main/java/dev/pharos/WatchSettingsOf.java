package dev.pharos;

import dev.pharos.settings.Current;
import dev.pharos.settings.Limits;
import dev.pharos.watch.Door;
import dev.pharos.watch.WatchSettings;
import org.jspecify.annotations.Nullable;

/** From what people set to what the watch obeys. */
final class WatchSettingsOf {
  private WatchSettingsOf() {}

  static WatchSettings current(Current current, Handles handles) {
    Limits limits = current.limits();
    return new WatchSettings(
        current.health(),
        limits.maxInFlight(),
        limits.maxPerHost(),
        limits.maxProcesses(),
        handles.held(limits.maxHeldStreams()),
        current.rhythm().freshHandshake(),
        current.rhythm().capabilityTtl(),
        current.rhythm().knock(),
        current.blindness().window(),
        door(current.blindness().sentinel()),
        WatchSettings.DEFAULT.maxBacklog());
  }

  /** The settings have seen to it that this is {@code host:port}. */
  private static @Nullable Door door(@Nullable String sentinel) {
    if (sentinel == null) {
      return null;
    }
    int colon = sentinel.lastIndexOf(':');
    String host = sentinel.substring(0, colon).replaceAll("^\\[|]$", "");
    return new Door(host, Integer.parseInt(sentinel.substring(colon + 1)));
  }
}
