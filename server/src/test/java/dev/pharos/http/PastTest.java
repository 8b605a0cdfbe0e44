package dev.pharos.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.LastSeen;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.fleet.Standing;
import dev.pharos.history.Beat;
import dev.pharos.history.HistoryStore;
import dev.pharos.history.LogRow;
import dev.pharos.history.Rollup;
import dev.pharos.testing.Fleets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read for a list, and what is not read again. */
class PastTest {
  private static final Instant NOW = Seen.NOW;
  private static final Instant LATELY = NOW.minusSeconds(60);
  private static final Instant DAYS_AGO = NOW.minus(Duration.ofDays(3));
  private static final Server SERVER = Fleets.draft(Fleets.plain("alpha"));

  private final MemoryHistory stored = new MemoryHistory();
  private final List<String> asked = new ArrayList<>();
  private final Past past = new Past(new Listening());

  private static Standing standing(Health health, Instant since, @Nullable Instant lastLook) {
    return new Standing(
        SERVER,
        Fleets.memory(health, since),
        new LastSeen(Seen.FACTS, Fleets.COUNTS, 1L, lastLook, null));
  }

  private List<Span> spans(Standing standing) {
    return Objects.requireNonNull(past.spans(List.of(standing), NOW).get(SERVER.id()));
  }

  private String beats(Standing standing) {
    Beats beats = past.beats(List.of(standing)).getOrDefault(SERVER.id(), Beats.NONE);
    return new String(Json.bytes(beats::write), UTF_8);
  }

  private static LogRow look(int second, Health health) {
    return new LogRow(
        NOW.plusSeconds(second), health, health, 1_000L * second, List.of(), null, 1, "scheduled");
  }

  @Test
  void spans_are_read_once_until_the_next_flip() {
    stored.spans.add(new Span(SpanState.HEALTHY, DAYS_AGO, null, null));
    Standing healthy = standing(Health.HEALTHY, DAYS_AGO, null);
    assertThat(spans(healthy)).isEqualTo(stored.spans);
    assertThat(spans(healthy)).isEqualTo(stored.spans);
    assertThat(asked).containsExactly("spans");

    stored.spans.set(0, new Span(SpanState.HEALTHY, DAYS_AGO, LATELY, null));
    stored.spans.add(new Span(SpanState.UNHEALTHY, LATELY, null, null));
    assertThat(spans(standing(Health.UNHEALTHY, LATELY, null))).isEqualTo(stored.spans);
    assertThat(asked).containsExactly("spans", "spans");
  }

  @Test
  void spans_that_are_not_written_yet_are_not_kept() {
    stored.spans.add(new Span(SpanState.HEALTHY, DAYS_AGO, null, null));
    Standing flipped = standing(Health.UNHEALTHY, LATELY, null);
    assertThat(spans(flipped)).hasSize(1);

    stored.spans.set(0, new Span(SpanState.HEALTHY, DAYS_AGO, LATELY, null));
    stored.spans.add(new Span(SpanState.UNHEALTHY, LATELY, null, null));
    assertThat(spans(flipped)).hasSize(2);
  }

  @Test
  void of_looks_only_the_new_ones_are_read() {
    stored.logs.add(look(1, Health.HEALTHY));
    assertThat(beats(standing(Health.HEALTHY, NOW, NOW.plusSeconds(1))))
        .isEqualTo("[[\"healthy\",1.0]]");
    assertThat(beats(standing(Health.HEALTHY, NOW, NOW.plusSeconds(1))))
        .isEqualTo("[[\"healthy\",1.0]]");
    assertThat(asked).containsExactly("recent 40");

    stored.logs.addFirst(look(2, Health.DEGRADED));
    assertThat(beats(standing(Health.HEALTHY, NOW, NOW.plusSeconds(2))))
        .isEqualTo("[[\"degraded\",2.0],[\"healthy\",1.0]]");
    assertThat(asked).containsExactly("recent 40", "recent 3");
  }

  @Test
  void where_rows_would_be_missing_all_are_read() {
    stored.logs.add(look(1, Health.HEALTHY));
    var _ = beats(standing(Health.HEALTHY, NOW, NOW.plusSeconds(1)));
    for (int i = 2; i <= 9; i++) {
      stored.logs.addFirst(look(i, Health.HEALTHY));
    }
    String now = beats(standing(Health.HEALTHY, NOW, NOW.plusSeconds(9)));

    assertThat(now).startsWith("[[\"healthy\",9.0],[\"healthy\",8.0]").endsWith(",1.0]]");
    assertThat(asked).containsExactly("recent 40", "recent 3", "recent 40");
  }

  @Test
  void of_a_server_without_looks_nothing_is_read() {
    assertThat(beats(standing(Health.UNKNOWN, NOW, null))).isEqualTo("[]");
    assertThat(asked).isEmpty();
  }

  @Test
  void servers_that_are_gone_are_forgotten() {
    stored.logs.add(look(1, Health.HEALTHY));
    for (int i = 1; i <= 200; i++) {
      Server other =
          new Server(new ServerId(i), SERVER.spec(), SERVER.status(), null, false, NOW, NOW, 1);
      past.beats(List.of(new Standing(other, Fleets.memory(Health.HEALTHY, NOW), seen(1))));
    }
    past.forgetOthers(List.of());

    assertThat(past.beats(List.of())).isEmpty();
  }

  private static LastSeen seen(int second) {
    return new LastSeen(Seen.FACTS, Fleets.COUNTS, 1L, NOW.plusSeconds(second), null);
  }

  /** Notes what is asked for. */
  private final class Listening implements HistoryStore {
    @Override
    public List<LogRow> logs(
        ServerId server, Instant from, Instant to, @Nullable Health health, int limit) {
      throw new UnsupportedOperationException("lists do not ask");
    }

    @Override
    public Map<ServerId, List<Beat>> recent(Collection<ServerId> servers, int limit) {
      asked.add("recent " + limit);
      return stored.recent(servers, limit);
    }

    @Override
    public List<Span> spans(ServerId server, Instant from, Instant to) {
      throw new UnsupportedOperationException("lists ask for many at once");
    }

    @Override
    public Map<ServerId, List<Span>> spans(Collection<ServerId> servers, Instant from, Instant to) {
      asked.add("spans");
      return stored.spans(servers, from, to);
    }

    @Override
    public List<Rollup> rollups(ServerId server, Instant from, Instant to, Duration step) {
      throw new UnsupportedOperationException("lists do not ask");
    }
  }
}
