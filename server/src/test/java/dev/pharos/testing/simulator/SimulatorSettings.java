package dev.pharos.testing.simulator;

import java.util.HashMap;
import java.util.Map;

/**
 * What a simulator serves.
 *
 * @param servers how many, reached at the paths {@code /s/0/mcp}, {@code /s/1/mcp} and so on
 * @param tools of each server
 * @param bytes of one {@code tools/list} answer, its envelope included; more when the tools need
 *     more
 * @param prompts of each server; with 0 the capability is not advertised
 * @param resources of each server; with 0 the capability is not advertised
 * @param sse answers as an event stream instead of plain JSON
 * @param changing every {@code tools/list} answer differs from the one before
 * @param stateless revision 2026-07-28 instead of 2025-11-25 with sessions
 * @param streams whether a GET is held open (session era); otherwise it is answered 405
 * @param addresses how many loopback addresses to listen on, from 127.0.0.1 up
 * @param ports how many to listen on at each address
 * @param port the first of these ports, or 0 for free ones
 */
public record SimulatorSettings(
    int servers,
    int tools,
    int bytes,
    int prompts,
    int resources,
    boolean sse,
    boolean changing,
    boolean stateless,
    boolean streams,
    int addresses,
    int ports,
    int port) {
  public SimulatorSettings {
    if (servers < 1 || tools < 0 || bytes < 0 || prompts < 0 || resources < 0) {
      throw new IllegalArgumentException("counts must not be negative, and one server is needed");
    }
    if (addresses < 1 || addresses > 250 || ports < 1 || port < 0 || port + ports > 65_536) {
      throw new IllegalArgumentException("addresses must be 1 to 250, ports at least 1");
    }
  }

  /**
   * Reads options like {@code servers=1000 tools=20 bytes=10240 sse changing stateless no-streams
   * addresses=4 ports=2}; {@code json}, {@code same} and {@code session} name the defaults.
   */
  public static SimulatorSettings of(String... options) {
    Map<String, String> given = new HashMap<>();
    for (String option : options) {
      int equals = option.indexOf('=');
      given.put(
          equals < 0 ? option : option.substring(0, equals),
          equals < 0 ? "" : option.substring(equals + 1));
    }
    SimulatorSettings settings =
        new SimulatorSettings(
            number(given, "servers", 1),
            number(given, "tools", 20),
            number(given, "bytes", 10 * 1024),
            number(given, "prompts", 0),
            number(given, "resources", 0),
            chosen(given, "sse", "json"),
            chosen(given, "changing", "same"),
            chosen(given, "stateless", "session"),
            !chosen(given, "no-streams", "streams"),
            number(given, "addresses", 1),
            number(given, "ports", 1),
            number(given, "port", 0));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown options: " + given.keySet());
    }
    return settings;
  }

  private static int number(Map<String, String> given, String name, int otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  private static boolean chosen(Map<String, String> given, String name, String otherwise) {
    given.remove(otherwise);
    return given.remove(name) != null;
  }
}
