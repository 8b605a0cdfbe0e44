package dev.pharos.probe;

import dev.pharos.fleet.Counts;
import dev.pharos.fleet.EraChoice;
import dev.pharos.fleet.TransportChoice;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A published MCP server, pinned in {@code src/test/npm/package.json}, and what it is known to
 * offer.
 *
 * @param serverVersion what it says of itself; null where that is longer than it is worth pinning
 */
record RealServer(
    String serverName, @Nullable String serverVersion, Counts counts, List<Way> ways) {
  /** The revision of the session era that all of them speak. */
  static final String SESSION = "2025-11-25";

  /** The revision of the stateless era. */
  static final String STATELESS = "2026-07-28";

  /** How a server answers to who it is spoken to over HTTP in the session era. */
  enum Sessions {
    /** It gives a session id, which must be dead after the look. */
    NAMED,
    /** It gives none: each request stands alone, or the connection is the session. */
    NONE
  }

  /**
   * One way to reach a server, and what must be found there.
   *
   * @param command with {@code {port}} for the port of HTTP and {@code {folder}} for a temporary
   *     folder
   * @param transport the wire name of the transport found
   */
  record Way(
      List<String> command,
      @Nullable Url url,
      EraChoice era,
      String transport,
      String revision,
      Sessions sessions) {
    Way only(EraChoice one, String itsRevision, Sessions itsSessions) {
      return new Way(command, url, one, transport, itsRevision, itsSessions);
    }
  }

  /** The address without its port. */
  record Url(String host, String path, TransportChoice choice) {}

  /** One row of the tests. */
  record Row(RealServer server, Way way) {
    @Override
    public String toString() {
      return "%s over %s, era %s".formatted(server.serverName, way.transport, way.era);
    }
  }

  Stream<Row> rows() {
    return ways.stream().map(way -> new Row(this, way));
  }

  static Way stdio(String... command) {
    return new Way(List.of(command), null, EraChoice.AUTO, "stdio", SESSION, Sessions.NONE);
  }

  static Way http(Sessions sessions, String... command) {
    Url url = new Url("127.0.0.1", "/mcp", TransportChoice.AUTO);
    return new Way(List.of(command), url, EraChoice.AUTO, "streamable-http", SESSION, sessions);
  }

  static Way sse(TransportChoice choice, String... command) {
    Url url = new Url("127.0.0.1", "/sse", choice);
    return new Way(List.of(command), url, EraChoice.AUTO, "sse", SESSION, Sessions.NONE);
  }
}
