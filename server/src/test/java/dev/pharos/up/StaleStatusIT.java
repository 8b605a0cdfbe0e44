package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.FakeMcpServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that is given its token is healthy everywhere at once: no waiting, no reload. */
class StaleStatusIT {
  private static final String TOKEN = "canary-token-of-the-stale-story";

  @TempDir private Path folder;

  @Test
  void a_token_that_is_added_shows_everywhere_at_once() {
    Path data = folder.resolve("data");
    try (FakeMcpServer server = FakeMcpServer.start();
        PharosProcess pharos = PharosProcess.up(data);
        Feed feed = Feed.webSocket(pharos.address(), null)) {
      server.gate(request ->
          ("Bearer " + TOKEN).equals(request.header("Authorization"))
              ? null
              : exchange -> exchange.answer(401, "text/plain", "who are you?"));
      Rest rest = pharos.rest();
      rest.register("{\"name\":\"vault\",\"url\":\"%s\"}".formatted(server.url()));
      Feed.Heard down = feed.await("unhealthy", each -> each.flip("vault", "unhealthy"));
      assertThat(down.json().path("kind").asString()).isEqualTo("auth_required");
      JsonNode before = rest.server("vault");

      Instant asked = Instant.now();
      long from = System.nanoTime();
      Rest.Answer patched =
          rest.send(
              "PATCH",
              "/api/v1/servers/vault",
              """
              {"version": %d, "auth_type": "bearer", "auth_config": {"token": "%s"}}
              """
                  .formatted(before.path("version").asInt(), TOKEN));
      assertThat(patched.status()).as(patched.text()).isEqualTo(200);
      Feed.Heard up = feed.await("healthy", each -> each.flip("vault", "healthy"));
      System.out.printf("token added to event: %.0f ms%n", (up.at() - from) / 1e6);

      JsonNode row = rest.server("vault");
      JsonNode newest = rest.logs("vault").getFirst();
      assertThat(row.path("health_status").asString()).isEqualTo("healthy");
      assertThat(Instant.parse(row.path("last_health_check").asString())).isAfter(asked);
      assertThat(newest.path("health_status").asString()).isEqualTo("healthy");
      assertThat(newest.path("checked_at")).isEqualTo(row.path("last_health_check"));
      List<String> changes =
          feed.stored().stream()
              .filter(each -> each.is("mcp_status_change", "vault"))
              .map(each -> each.json().path("new_status").asString())
              .toList();
      assertThat(changes).startsWith("unhealthy").endsWith("healthy");
      assertThat(feed.heard()).noneMatch(each -> each.text().contains(TOKEN));
      assertThat(patched.text() + row + rest.logs("vault") + pharos.err()).doesNotContain(TOKEN);
      assertThat(pharos.stop()).isZero();
    }
  }
}
