package dev.pharos.config;

import dev.pharos.access.TrustedProxies;
import dev.pharos.definition.FleetFile;
import dev.pharos.definition.Rules;
import dev.pharos.fleet.Secret;
import dev.pharos.probe.ProbeSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a start is told.
 *
 * @param file the configuration file that was read, or null when there is none
 * @param host the address to bind, a literal or a name
 * @param port 0 for any that is free
 * @param baseUrl where people reach the monitor, for example through a proxy; null for its address
 * @param trustedProxies whose word about where a request comes from is believed
 * @param data the data folder
 * @param adminPassword plain, as it was given; null leaves the stored one
 * @param secretKey what auth secrets are encrypted with; null for the one in the data folder
 * @param databaseUrl null for the embedded database
 * @param databaseSchema in which a database other than the embedded one keeps the tables
 * @param redisUrl null for none
 * @param runtime fields of run-time settings that the file, the environment or flags fix, by group
 * @param servers null when the configuration names none
 */
public record Configuration(
    @Nullable Path file,
    String host,
    int port,
    @Nullable URI baseUrl,
    TrustedProxies trustedProxies,
    Path data,
    @Nullable Secret adminPassword,
    @Nullable Secret secretKey,
    @Nullable Secret databaseUrl,
    String databaseSchema,
    @Nullable Secret redisUrl,
    Rules rules,
    ProbeSettings probe,
    Map<String, ObjectNode> runtime,
    @Nullable FleetFile servers) {
  public Configuration {
    runtime = Map.copyOf(runtime);
  }
}
