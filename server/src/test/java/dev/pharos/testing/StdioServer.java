package dev.pharos.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small MCP server over standard input and output, with one tool, that misbehaves in the ways its
 * arguments name. Runs in a process of its own: see {@link #command}.
 */
public final class StdioServer {
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
  private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");
  private static final String STATELESS = "stateless";

  private final Set<String> ways;
  private final PrintStream out = System.out;

  private StdioServer(Set<String> ways) {
    this.ways = ways;
  }

  /**
   * The command line of such a server.
   *
   * @param ways none for a good one of the session era; {@code stateless}, {@code exits}, {@code
   *     exits-later}, {@code logs}, {@code only-logs}, {@code silent}, {@code stays}, {@code
   *     forks}, {@code floods}, {@code long-line}, {@code strict} (ends at an unknown method)
   */
  public static List<String> command(String... ways) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx64m",
                "-cp",
                classes(),
                StdioServer.class.getName()));
    command.addAll(List.of(ways));
    return List.copyOf(command);
  }

  private static String classes() {
    return Path.of(StdioServer.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .toString();
  }

  /** Plays the server until stdin ends. */
  public static void main(String[] args) throws Exception {
    new StdioServer(Set.of(args)).run();
  }

  private void run() throws IOException, InterruptedException {
    if (ways.contains("exits")) {
      System.err.println("fatal: the file config.toml is missing");
      System.err.println("API_KEY was " + System.getenv("API_KEY"));
      System.exit(3);
    }
    if (ways.contains("forks")) {
      new ProcessBuilder(command("sleeps")).inheritIO().start();
    }
    if (ways.contains("logs") || ways.contains("only-logs")) {
      out.println("[info] listening on stdio");
    }
    if (ways.contains("floods")) {
      flood();
    }
    if (!ways.contains("sleeps")) {
      serve();
    }
    if (ways.contains("stays") || ways.contains("sleeps")) {
      Thread.sleep(600_000);
    }
  }

  private static void flood() {
    byte[] line = ("canary-free noise ".repeat(56) + "\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 4096; i++) {
      System.err.write(line, 0, line.length);
    }
  }

  private void serve() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Matcher id = ID.matcher(line);
      Matcher method = METHOD.matcher(line);
      boolean mute = ways.contains("silent") || ways.contains("only-logs");
      if (id.find() && method.find() && !mute) {
        out.println("{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + "," + answer(method.group(1)));
        out.flush();
      }
    }
  }

  private String answer(String method) {
    String info = "\"serverInfo\":{\"name\":\"stdio-fake\",\"version\":\"1\"}";
    String offers = "\"capabilities\":{\"tools\":{}}," + info;
    boolean stateless = ways.contains(STATELESS);
    return switch (method) {
      case "server/discover" ->
          stateless
              ? "\"result\":{\"supportedVersions\":[\"2026-07-28\"],\"ttlMs\":0,\"cacheScope\":\"private\","
                  + offers
                  + "}}"
              : unknown();
      case "initialize" -> "\"result\":{\"protocolVersion\":\"2025-11-25\"," + offers + "}}";
      case "tools/list" -> "\"result\":" + tools() + "}";
      case "tools/call" -> "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"hello\"}]}}";
      case "ping" -> "\"result\":{}}";
      default -> unknown();
    };
  }

  private String unknown() {
    if (ways.contains("strict")) {
      System.exit(1);
    }
    return "\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}";
  }

  private String tools() {
    if (ways.contains("exits-later")) {
      System.err.println("fatal: out of cheese");
      System.exit(7);
    }
    String description = ways.contains("long-line") ? "x".repeat(9 << 20) : "Says hello";
    return "{\"tools\":[{\"name\":\"hello\",\"description\":\""
        + description
        + "\",\"inputSchema\":{\"type\":\"object\"}}]}";
  }
}
