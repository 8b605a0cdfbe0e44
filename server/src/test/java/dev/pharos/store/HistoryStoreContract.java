package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.fleet.Health;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Span;
import dev.pharos.fleet.SpanState;
import dev.pharos.history.Beat;
import dev.pharos.history.LogRow;
import dev.pharos.testing.Fleets;
import dev.pharos.watch.CheckRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@code HistoryStore} does. */
abstract class HistoryStoreContract extends StoreContract {
  @Test
  void the_log_is_read_newest_first_within_its_bounds() {
    ServerId a = id(registered("a"));
    ServerId b = id(registered("b"));
    for (int i = 0; i < 10; i++) {
      write(good(a, at(i)), good(b, at(i)));
    }
    assertThat(times(a, at(2), at(6), 100)).containsExactly(at(5), at(4), at(3), at(2));
    assertThat(times(a, at(2), at(6), 3)).containsExactly(at(5), at(4), at(3));
    assertThat(times(a, at(2).plusMillis(1), at(5).plusMillis(1), 100))
        .containsExactly(at(5), at(4), at(3));
    assertThat(times(a, Instant.MIN, Instant.MAX, 100)).hasSize(10);
    assertThat(times(a, at(10), Instant.MAX, 100)).isEmpty();
    assertThat(times(a, Instant.MIN, at(0), 100)).isEmpty();
    assertThat(times(new ServerId(99), Instant.MIN, Instant.MAX, 100)).isEmpty();
  }

  @Test
  void a_long_log_is_read_page_by_page() {
    ServerId a = id(registered("a"));
    List<CheckRecord> looks = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      looks.add(i % 1_200 == 7 ? bad(a, at(i)) : good(a, at(i)));
    }
    stores().checks().write(looks);
    List<Instant> all = new ArrayList<>();
    Instant to = Instant.MAX;
    for (List<Instant> page = times(a, Instant.MIN, to, 400);
        !page.isEmpty();
        page = times(a, Instant.MIN, to, 400)) {
      all.addAll(page);
      to = page.getLast();
    }
    assertThat(all).hasSize(2_500).doesNotHaveDuplicates();
    assertThat(times(a, Instant.MIN, Instant.MAX, 10_000)).isEqualTo(all);
    assertThat(stores().history().logs(a, at(7), at(2_407), Health.UNHEALTHY, 100))
        .extracting(LogRow::checkedAt)
        .containsExactly(at(1_207), at(7));
    assertThat(stores().history().logs(a, at(0), at(2_500), Health.UNHEALTHY, 1))
        .extracting(LogRow::checkedAt)
        .containsExactly(at(2_407));
  }

  @Test
  void the_newest_rows_of_many_servers_are_read_at_once() {
    List<ServerId> ids = new ArrayList<>();
    for (int server = 0; server < 600; server++) {
      ids.add(id(registered("s" + server)));
    }
    for (int i = 0; i < 5; i++) {
      List<CheckRecord> looks = new ArrayList<>();
      for (ServerId each : ids.subList(1, 600)) {
        looks.add(good(each, at(i)));
      }
      stores().checks().write(looks);
    }
    var recent = stores().history().recent(ids, 3);
    assertThat(recent).containsOnlyKeys(ids);
    assertThat(recent.get(ids.getFirst())).isEmpty();
    assertThat(ids.subList(1, 600))
        .allSatisfy(each ->
            assertThat(recent.get(each))
                .extracting(Beat::checkedAt)
                .containsExactly(at(4), at(3), at(2)));
  }

  @Test
  void spans_that_overlap_are_read_whole() {
    ServerId a = id(registered("a"));
    ServerId b = id(registered("b"));
    SpanState[] states = {SpanState.HEALTHY, SpanState.UNHEALTHY, SpanState.MAINTENANCE};
    for (int i = 1; i <= 3; i++) {
      write(flip(good(a, at(i)), SpanState.UNKNOWN, states[i - 1], at(i)));
    }
    assertThat(begins(a, at(0), NOW)).containsExactly(at(0), at(1), at(2), at(3));
    assertThat(begins(a, at(1), at(2))).containsExactly(at(1));
    assertThat(begins(a, at(1).plusMillis(1), at(2).plusMillis(1))).containsExactly(at(1), at(2));
    assertThat(begins(a, at(1).minusMillis(1), at(1))).containsExactly(at(0));
    assertThat(begins(a, at(9), Instant.MAX)).containsExactly(at(3));
    assertThat(begins(a, Instant.MIN, NOON)).isEmpty();
    assertThat(stores().history().spans(List.of(a, b), at(1), NOW))
        .hasEntrySatisfying(
            a,
            spans -> assertThat(spans).extracting(Span::from).containsExactly(at(1), at(2), at(3)))
        .hasEntrySatisfying(b, spans -> assertThat(spans).hasSize(1));
  }

  @Test
  void roll_ups_are_of_three_steps_only() {
    ServerId a = id(registered("a"));
    assertThatThrownBy(() -> stores().history().rollups(a, NOON, NOW, Duration.ofMinutes(7)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(stores().history().rollups(a, NOON, NOW, Duration.ofHours(1))).isEmpty();
  }

  @Test
  void roll_ups_begin_within_their_bounds() {
    ServerId a = id(registered("a"));
    for (int i = 0; i < 4; i++) {
      write(good(a, NOON.plus(Duration.ofMinutes(5L * i))));
    }
    Duration step = Duration.ofMinutes(5);
    assertThat(stores().history().rollups(a, NOON.plusSeconds(1), NOON.plusSeconds(900), step))
        .extracting(each -> each.begin())
        .containsExactly(NOON.plusSeconds(300), NOON.plusSeconds(600));
    assertThat(stores().history().rollups(a, Instant.MIN, NOW.plusSeconds(1), step)).hasSize(4);
  }

  @Test
  void the_open_span_counts_until_now() {
    ServerId a = id(registered("a"));
    write(flip(good(a, NOON), SpanState.UNKNOWN, SpanState.HEALTHY, NOON.plusSeconds(600)));
    assertThat(stores().history().rollups(a, NOON, NOW, Duration.ofHours(1)))
        .singleElement()
        .satisfies(each ->
            assertThat(each.seconds())
                .containsOnly(
                    Map.entry(SpanState.UNKNOWN, 600.0), Map.entry(SpanState.HEALTHY, 3_000.0)));
    assertThat(stores().history().rollups(a, NOON.minusSeconds(43_200), NOW, Duration.ofDays(1)))
        .singleElement()
        .satisfies(each -> assertThat(each.seconds()).containsEntry(SpanState.HEALTHY, 6_600.0));
    assertThat(read("a").seen().facts()).isEqualTo(Fleets.FACTS);
  }

  private static Instant at(int i) {
    return NOON.plusSeconds(i);
  }

  private List<Instant> times(ServerId server, Instant from, Instant to, int limit) {
    return stores().history().logs(server, from, to, null, limit).stream()
        .map(LogRow::checkedAt)
        .toList();
  }

  private List<Instant> begins(ServerId server, Instant from, Instant to) {
    return stores().history().spans(server, from, to).stream().map(Span::from).toList();
  }
}
