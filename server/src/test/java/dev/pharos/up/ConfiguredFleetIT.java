package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.testing.simulator.Simulator;
import dev.pharos.testing.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A fleet that is written down in {@code pharos.yaml}, which is obeyed while the monitor runs. */
class ConfiguredFleetIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir private Path folder;

  @Test
  void the_file_is_obeyed_at_the_start_and_when_it_changes() throws Exception {
    Path file = folder.resolve("pharos.yaml");
    Path data = folder.resolve("data");
    try (Simulator simulator = Simulator.start(SimulatorSettings.of("servers=4"))) {
      String a = simulator.uri(0).toString();
      String b = simulator.uri(1).toString();
      write(file, 7, "a", a, "b", b);
      try (PharosProcess pharos = PharosProcess.up(data, "--config", file.toString());
          Feed feed = Feed.webSocket(pharos.address(), 0L)) {
        Rest rest = pharos.rest();
        feed.await("a", each -> each.flip("a", "healthy"));
        rest.register("{\"name\":\"own\",\"url\":\"%s\"}".formatted(simulator.uri(3)));
        assertThat(names(rest)).containsExactly("a", "b", "own");
        assertManaged(rest);
        assertThat(interval(rest)).isEqualTo(7);

        write(file, 9, "a", simulator.uri(2).toString(), "c", b);
        await("c appears").atMost(SOON).until(() -> names(rest).equals(List.of("a", "c", "own")));
        String moved = simulator.uri(2).toString();
        await("a is moved").atMost(SOON).until(() -> url(rest, "a").equals(moved));
        feed.await("c is looked at", each -> each.flip("c", "healthy"));
        feed.await(
            "b is gone",
            each -> each.is("mcp_config_change", "b") && each.text().contains("deleted"));
        await("settings").atMost(SOON).until(() -> interval(rest) == 9);

        assertBrokenFileChangesNothing(pharos, rest, file);

        write(file, 9, "a", a);
        await("c is gone").atMost(SOON).until(() -> names(rest).equals(List.of("a", "own")));
        // What is gone is gone first; what is changed is changed after it.
        await("a is back").atMost(SOON).until(() -> url(rest, "a").equals(a));
        assertThat(pharos.stop()).isZero();
      }
      assertReleasedWithoutTheFile(data);
    }
  }

  /** What the file says is locked for everybody else; what is beside it is not. */
  private static void assertManaged(Rest rest) {
    JsonNode a = rest.server("a");
    assertThat(a.path("managed_by").asString()).isEqualTo("pharos.yaml");
    String patch = "{\"version\":%d,\"description\":\"mine\"}".formatted(a.path("version").asInt());
    assertThat(rest.send("PATCH", "/api/v1/servers/a", patch).status()).isEqualTo(409);
    assertThat(rest.send("DELETE", "/api/v1/servers/a", "").status()).isEqualTo(409);
    assertThat(rest.server("a").path("version").asInt()).isEqualTo(a.path("version").asInt());
    assertThat(rest.server("own").path("managed_by").isNull()).isTrue();
    patch =
        "{\"version\":%d,\"description\":\"mine\"}"
            .formatted(rest.server("own").path("version").asInt());
    assertThat(rest.send("PATCH", "/api/v1/servers/own", patch).status()).isEqualTo(200);
  }

  private static void assertBrokenFileChangesNothing(PharosProcess pharos, Rest rest, Path file)
      throws IOException {
    List<String> names = names(rest);
    for (String broken :
        List.of(
            "servers: [",
            "servers:\n  - name: a\n    url: not a url\n",
            "servers:\n  - name: a\n    url: http://127.0.0.1:9/\n    nonsense: 1\n",
            "prot: 1\n")) {
      long before = complaints(pharos);
      replace(file, broken);
      await("it is told: " + broken).atMost(SOON).until(() -> complaints(pharos) > before);
      assertThat(names(rest)).as(broken).isEqualTo(names);
      assertThat(interval(rest)).as(broken).isEqualTo(9);
    }
    assertThat(pharos.complaint())
        .contains("servers[0].url is not a valid address")
        .contains("prot is not known")
        .doesNotContain("Problem[");
  }

  private static void assertReleasedWithoutTheFile(Path data) {
    try (PharosProcess pharos = PharosProcess.up(data)) {
      Rest rest = pharos.rest();
      JsonNode a = rest.server("a");
      assertThat(a.path("managed_by").isNull()).isTrue();
      assertThat(rest.send("DELETE", "/api/v1/servers/a", "").status()).isEqualTo(204);
      assertThat(names(rest)).containsExactly("own");
      assertThat(pharos.stop()).isZero();
      assertThat(pharos.complaint()).isEmpty();
    }
  }

  private static long complaints(PharosProcess pharos) {
    return pharos.err().lines().filter(line -> line.contains("has mistakes")).count();
  }

  private static List<String> names(Rest rest) {
    return Rest.list(rest.get("/api/v1/servers?sort=name").path("servers")).stream()
        .map(each -> each.path("name").asString())
        .toList();
  }

  private static String url(Rest rest, String server) {
    return rest.server(server).path("url").asString();
  }

  private static int interval(Rest rest) {
    return rest.get("/api/v1/config/health_check").findPath("interval_seconds").asInt();
  }

  private static void write(Path file, int interval, String... namesAndUrls) throws IOException {
    StringBuilder text =
        new StringBuilder("health_check:\n  interval_seconds: %d\nservers:\n".formatted(interval));
    for (int i = 0; i < namesAndUrls.length; i += 2) {
      text.append("  - name: %s\n    url: %s\n".formatted(namesAndUrls[i], namesAndUrls[i + 1]));
    }
    replace(file, text.toString());
  }

  /** As editors do: nobody sees half a file. */
  private static void replace(Path file, String text) throws IOException {
    Path other = Files.writeString(file.resolveSibling("new.yaml"), text);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
