package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.fleet.ServerId;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @ParameterizedTest
  @CsvSource({
    "http://Api.example.test/mcp, api.example.test,      api.example.test:80,      true",
    "https://api.example.test/,   api.example.test,      api.example.test:443,     true",
    "https://a.test:8443/x,       a.test,                a.test:8443,              true",
    "http://[2001:db8::1]:81/,    '[2001:db8::1]',       '[2001:db8::1]:81',       true",
    "http://[::1]:81/,            '[::1]',               '[::1]:81',               false",
    "http://127.0.0.1/,           127.0.0.1,             127.0.0.1:80,             false",
    "http://127.9.8.7:5/,         127.9.8.7,             127.9.8.7:5,              false",
    "http://localhost:3000/,      localhost,             localhost:3000,           false",
    "http://LOCALHOST:3000/,      localhost,             localhost:3000,           false",
    "http://x.localhost/,         x.localhost,           x.localhost:80,           false",
    "http://10.0.0.1/,            10.0.0.1,              10.0.0.1:80,              true",
    "http://localhost.test/,      localhost.test,        localhost.test:80,        true"
  })
  void an_address_has_a_line_and_a_door(String url, String line, String door, boolean remote) {
    Place place = Place.of(Fleets.http(url));

    assertThat(place.line()).isEqualTo(line);
    assertThat(place.door()).hasToString(door);
    assertThat(place.remote()).isEqualTo(remote);
    assertThat(place.child()).isFalse();
  }

  @Test
  void child_processes_share_a_line_and_have_no_door() {
    Place place = Place.of(Fleets.child());

    assertThat(place.child()).isTrue();
    assertThat(place.remote()).isFalse();
    assertThat(place).isEqualTo(Place.of(Fleets.child()));
  }

  @Test
  void servers_that_were_registered_one_after_another_are_spread_over_every_interval() {
    int[] buckets = new int[100];
    for (long id = 1; id <= 10_000; id++) {
      buckets[(int) (Spread.phase(new ServerId(id), 10_000) * 100)]++;
    }

    assertThat(Arrays.stream(buckets).boxed().toList())
        .allMatch(count -> count > 80 && count < 125);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 100, 1_000, 16_305})
  void neighbours_stand_no_closer_together_than_a_fleet_must(int servers) {
    double[] places =
        LongStream.rangeClosed(1, servers)
            .mapToDouble(id -> Spread.phase(new ServerId(id), servers))
            .sorted()
            .toArray();

    assertThat(places[0]).isNotNegative();
    assertThat(places[servers - 1]).isLessThan(1);
    for (int i = 16; i < servers; i++) {
      // Of an even spread, sixteen would take this much.
      assertThat(places[i] - places[i - 16]).isGreaterThan(0.4 * 16 / servers);
    }
  }

  @Test
  void neighbours_are_looked_at_one_right_after_the_other() {
    for (long id = 32; id < 47; id++) {
      double step =
          Spread.phase(new ServerId(id + 1), 1_000) - Spread.phase(new ServerId(id), 1_000);
      assertThat(step).isCloseTo(0.001, within(1e-9));
    }
  }

  @Test
  void a_due_time_is_drawn_to_earlier_only_and_comes_to_rest_at_the_servers_own_phase() {
    ServerId id = new ServerId(7);
    long interval = 60_000_000_000L;
    long phase = (long) (Spread.phase(id, 100) * interval);
    long due = phase + 1_000_000_000L;
    for (int i = 0; i < 10; i++) {
      long drawn = Spread.drawn(id, due, interval, 100);
      assertThat(due - drawn).isBetween(0L, interval / 4);
      due = drawn + interval;
    }

    assertThat(Math.floorMod(due - phase, interval)).isZero();
  }
}
