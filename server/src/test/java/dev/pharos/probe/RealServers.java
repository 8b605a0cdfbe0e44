package dev.pharos.probe;

import static dev.pharos.probe.RealServer.http;
import static dev.pharos.probe.RealServer.sse;
import static dev.pharos.probe.RealServer.stdio;
import static dev.pharos.testing.NpmFolder.command;

import dev.pharos.fleet.Counts;
import dev.pharos.fleet.EraChoice;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.probe.RealServer.Row;
import dev.pharos.probe.RealServer.Sessions;
import dev.pharos.probe.RealServer.Way;
import dev.pharos.testing.NpmFolder;
import java.util.List;
import java.util.stream.Stream;

/** The real servers of the tests, each over each transport and in each era that it offers. */
final class RealServers {
  private RealServers() {}

  static Stream<Row> all() {
    return Stream.of(
            Stream.of(everything(), mongodb(), context7(), playwright()),
            plain(),
            apps(),
            Stream.of(ours()))
        .flatMap(servers -> servers)
        .flatMap(RealServer::rows);
  }

  private static RealServer everything() {
    String bin = command("mcp-server-everything");
    Way stdio = stdio(bin, "stdio");
    Way http = http(Sessions.NAMED, bin, "streamableHttp");
    return new RealServer(
        "mcp-servers/everything",
        "2.0.0",
        new Counts(13, 4, 7, 2),
        List.of(
            stdio,
            stdio.only(EraChoice.SESSION, RealServer.SESSION, Sessions.NONE),
            http,
            http.only(EraChoice.SESSION, RealServer.SESSION, Sessions.NAMED),
            sse(TransportChoice.AUTO, bin, "sse"),
            sse(TransportChoice.SSE, bin, "sse")));
  }

  private static RealServer mongodb() {
    String bin = command("mongodb-mcp-server");
    Way stdio = stdio(bin);
    Way http =
        http(
            Sessions.NAMED,
            bin,
            "--transport",
            "http",
            "--httpPort",
            "{port}",
            "--httpHost",
            "127.0.0.1");
    return new RealServer(
        "MongoDB MCP Server", "3.0.4", new Counts(27, -1, 2, 1), both(stdio, http));
  }

  private static RealServer context7() {
    String bin = command("context7-mcp");
    Way stdio = stdio(bin, "--transport", "stdio");
    Way http = http(Sessions.NONE, bin, "--transport", "http", "--port", "{port}");
    return new RealServer("Context7", "4.1.1", new Counts(2, 0, 0, 0), both(stdio, http));
  }

  private static RealServer playwright() {
    // It answers only to the host names it knows, of which our relay is none.
    String[] listen = {
      command("playwright-mcp"), "--headless", "--port", "{port}", "--allowed-hosts", "*"
    };
    return new RealServer(
        "Playwright",
        null,
        new Counts(25, -1, -1, -1),
        List.of(
            stdio(command("playwright-mcp"), "--headless"),
            http(Sessions.NAMED, listen),
            sse(TransportChoice.AUTO, listen)));
  }

  /** Servers that speak over stdio only. */
  private static Stream<RealServer> plain() {
    return Stream.of(
        new RealServer(
            "secure-filesystem-server",
            "0.2.0",
            new Counts(14, -1, -1, -1),
            List.of(stdio(command("mcp-server-filesystem"), "{folder}"))),
        new RealServer(
            "memory-server",
            "0.6.3",
            new Counts(9, -1, 1, 0),
            List.of(stdio(command("mcp-server-memory")))),
        new RealServer(
            "sequential-thinking-server",
            "2026.8.31",
            new Counts(1, -1, -1, -1),
            List.of(stdio(command("mcp-server-sequential-thinking")))));
  }

  /** Servers of one kit: stdio, and HTTP of the session era without session ids. */
  private static Stream<RealServer> apps() {
    return Stream.of(
        app("System Monitor Server", "mcp-system-monitor-server", 2),
        app("Budget Allocator Server", "mcp-budget-allocator-server", 1),
        app("SaaS Scenario Modeler", "mcp-scenario-modeler-server", 1),
        app("Sheet Music Server", "mcp-sheet-music-server", 1),
        app("Basic MCP App Server (Vanilla JS)", "mcp-server-basic-vanillajs", 1));
  }

  private static RealServer app(String name, String bin, int tools) {
    return new RealServer(
        name,
        "1.0.0",
        new Counts(tools, -1, 1, 0),
        List.of(stdio(command(bin), "--stdio"), http(Sessions.NONE, command(bin))));
  }

  private static RealServer ours() {
    Way modern =
        http(Sessions.NONE, modernServer("http-modern"))
            .only(EraChoice.AUTO, RealServer.STATELESS, Sessions.NONE);
    Way dual = http(Sessions.NONE, modernServer("http-dual"));
    return new RealServer(
        "modern-test-server",
        "1.2.3",
        new Counts(2, 1, -1, -1),
        Stream.concat(Stream.of(modern), both(stdio(modernServer("stdio-dual")), dual).stream())
            .toList());
  }

  /** The command of our own server of the stateless era. */
  static String[] modernServer(String mode) {
    return new String[] {"node", NpmFolder.script("modern-server.mjs"), mode};
  }

  /** Both eras of servers that have both; left to ourselves, we choose the newer. */
  private static List<Way> both(Way... ways) {
    return Stream.of(ways)
        .flatMap(way ->
            Stream.of(
                way.only(EraChoice.AUTO, RealServer.STATELESS, Sessions.NONE),
                way.only(EraChoice.STATELESS, RealServer.STATELESS, Sessions.NONE),
                way.only(EraChoice.SESSION, RealServer.SESSION, way.sessions())))
        .toList();
  }
}
