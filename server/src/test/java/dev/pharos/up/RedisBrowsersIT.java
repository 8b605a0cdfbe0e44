package dev.pharos.up;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * The dashboard of each of two replicas in a real browser, while their Redis is stopped. What is
 * looked for on the pages says {@code dashboard/e2e/redis.replicas.ts}; it has Redis stopped and
 * servers broken by asking here.
 */
class RedisBrowsersIT {
  private static final Path DASHBOARD = Path.of("../dashboard").toAbsolutePath().normalize();

  @BeforeAll
  static void packages_are_there() {
    assertThat(DASHBOARD.resolve("node_modules/.bin/playwright"))
        .as("the dashboard's packages are installed: run scripts/npm-tests.sh dashboard first")
        .exists();
  }

  @Test
  void both_pages_say_so_and_go_on(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("browsers.log");
    try (Pair pair = Pair.start(folder)) {
      HttpServer orders = listen(pair);
      try {
        Process browsers = playwright(told(pair, orders), log);
        boolean over = browsers.waitFor(150, TimeUnit.SECONDS);
        browsers.descendants().forEach(ProcessHandle::destroyForcibly);
        browsers.destroyForcibly();
        String output = Files.readString(log);
        assertThat(over).as(output).isTrue();
        assertThat(browsers.exitValue()).as(output).isZero();
        assertThat(output).contains("1 passed").doesNotContain("skipped", "flaky");
      } finally {
        orders.stop(0);
      }
    }
  }

  private static Process playwright(String told, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(DASHBOARD.resolve("node_modules/.bin/playwright").toString(), "test")
            .directory(DASHBOARD.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("PHAROS_REPLICAS", told);
    return builder.start();
  }

  /** Where the replicas are, whose the servers are, and where orders are taken. */
  private static String told(Pair pair, HttpServer orders) {
    ObjectNode told = Rest.JSON.createObjectNode();
    var replicas = told.putArray("replicas");
    for (Replica each : pair.replicas) {
      ObjectNode one =
          replicas.addObject().put("url", each.process.address().resolve("/").toString());
      pair.own(each).forEach(one.putArray("servers")::add);
    }
    return told.put("orders", "http://127.0.0.1:" + orders.getAddress().getPort() + "/").toString();
  }

  private static HttpServer listen(Pair pair) throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(free, 5);
    server.createContext("/", exchange -> answer(exchange, pair));
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, Pair pair) throws IOException {
    try (exchange) {
      String order = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      switch (order) {
        case "redis stop" -> pair.redis.kill();
        case "redis start" -> pair.redis.restart();
        default -> {
          String[] words = order.split(" ", 2);
          pair.order(List.of(Integer.valueOf(words[0])), words[1]);
        }
      }
      exchange.sendResponseHeaders(204, -1);
    }
  }
}
