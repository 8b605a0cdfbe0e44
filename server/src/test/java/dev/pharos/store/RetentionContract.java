package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.capability.Snapshot;
import dev.pharos.event.EventJournal;
import dev.pharos.fleet.ServerId;
import dev.pharos.history.LogRow;
import dev.pharos.history.Retention.Pruned;
import dev.pharos.history.RetentionSettings;
import dev.pharos.testing.Fleets;
import dev.pharos.watch.CheckRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@code Retention} does. */
abstract class RetentionContract extends StoreContract {
  static final RetentionSettings SETTINGS =
      new RetentionSettings(
          Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(4), Duration.ofHours(1));

  @Test
  void what_is_young_stays() {
    ServerId a = id(registered("a"));
    write(good(a, NOON));
    stores().capabilities().save(a, snapshot("one"), List.of(), null);
    assertThat(stores().retention().prune(NOON.plusSeconds(3_600), SETTINGS))
        .isEqualTo(new Pruned(0, 0, 0, 0, 0));
    assertThat(stores().capabilities().newest(a)).isPresent();
  }

  /** Bounds at midnight, in UTC: the log may be kept in whole days. */
  @Test
  void what_is_old_goes_and_the_rest_is_still_readable() {
    ServerId a = id(registered("a"));
    Instant midnight = NOON.plus(Duration.ofHours(12));
    List<CheckRecord> looks = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      looks.add(good(a, midnight.plusSeconds(10L * i - 10_800)));
    }
    stores().checks().write(looks);
    Instant now = midnight.plus(Duration.ofHours(1));
    Pruned pruned = stores().retention().prune(now, SETTINGS);
    assertThat(pruned.logs()).isEqualTo(1_080);
    assertThat(pruned.fiveMinutes()).isEqualTo(24);
    assertThat(pruned.hours()).isZero();
    assertThat(stores().history().logs(a, Instant.MIN, Instant.MAX, null, 20_000))
        .hasSize(120)
        .last()
        .extracting(LogRow::checkedAt)
        .isEqualTo(midnight);
    assertThat(stores().history().recent(List.of(a), 3).get(a)).hasSize(3);
    assertThat(stores().history().rollups(a, NOON, now, Duration.ofMinutes(5))).hasSize(16);
    assertThat(stores().history().rollups(a, NOON, now, Duration.ofHours(1))).hasSize(4);
    assertThat(stores().retention().prune(now.plus(Duration.ofHours(3)), SETTINGS).hours())
        .isEqualTo(3);
    assertThat(stores().history().rollups(a, Instant.EPOCH, now.plusSeconds(1), Duration.ofDays(1)))
        .hasSize(2);
  }

  @Test
  void a_log_that_was_pruned_whole_grows_anew() {
    ServerId a = id(registered("a"));
    write(good(a, NOON));
    Instant now = NOON.plus(Duration.ofDays(1));
    stores().retention().prune(now, SETTINGS);
    assertThat(stores().history().logs(a, Instant.MIN, Instant.MAX, null, 9)).isEmpty();
    assertThat(stores().history().recent(List.of(a), 9).get(a)).isEmpty();
    write(bad(a, now));
    assertThat(stores().history().logs(a, Instant.MIN, Instant.MAX, null, 9)).hasSize(1);
  }

  @Test
  void old_events_go_but_the_newest() {
    for (String name : List.of("a", "b", "c")) {
      registered(name);
    }
    assertThat(stores().retention().prune(NOON.plus(Duration.ofDays(1)), SETTINGS).events())
        .isEqualTo(2);
    assertThat(stores().events().oldest()).isEqualTo(3);
    assertThat(stores().events().newest()).isEqualTo(3);
    assertThat(stores().events().after(0, EventJournal.Filter.ALL, 9)).hasSize(1);
  }

  @Test
  void snapshots_that_nobody_shows_go() {
    ServerId a = id(registered("a"));
    ServerId b = id(registered("b"));
    for (int i = 0; i < 450; i++) {
      stores().capabilities().save(a, snapshot("old" + i), List.of(), null);
    }
    stores().capabilities().save(a, snapshot("new"), List.of(), null);
    stores().capabilities().save(b, snapshot("old7"), List.of(), null);
    assertThat(stores().retention().prune(NOON, SETTINGS).snapshots()).isEqualTo(449);
    assertThat(stores().capabilities().newest(a)).contains(snapshot("new"));
    assertThat(stores().capabilities().newest(b)).contains(snapshot("old7"));
  }

  @Test
  void nothing_is_kept_for_less_than_an_hour() {
    Duration hour = Duration.ofHours(1);
    assertThatThrownBy(() -> new RetentionSettings(hour, hour, Duration.ofMinutes(59), hour))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Snapshot snapshot(String tool) {
    return new Snapshot("hash-of-" + tool, NOON, Fleets.capabilities(tool));
  }
}
