package dev.pharos.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people set of a server.
 *
 * @param name unique in the fleet, 1 to 128 characters, no control characters and no slash
 * @param headers sent beside the credentials; HTTP only
 * @param canAutoEnable whether an auto-disabled server may come back by itself
 * @param metaDataJson an object of the user's own, shown and never read; at most 16 KiB
 */
public record ServerSpec(
    String name,
    @Nullable String description,
    Transport transport,
    Credentials credentials,
    Map<String, Secret> headers,
    Duration timeout,
    List<String> tags,
    Expectation expect,
    EraChoice era,
    Overrides overrides,
    boolean canAutoEnable,
    String metaDataJson) {
  public ServerSpec {
    headers = Map.copyOf(headers);
    tags = List.copyOf(tags);
  }

  /** What a look needs to know. */
  public Target target() {
    return new Target(name, transport, credentials, headers, expect, timeout, era);
  }
}
