package dev.pharos.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.fleet.ServerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DueQueueTest {
  private final DueQueue queue = new DueQueue(bounds(256, 32, 32));

  private static WatchSettings bounds(int inFlight, int perHost, int children) {
    WatchSettings d = WatchSettings.DEFAULT;
    return new WatchSettings(
        d.health(),
        inFlight,
        perHost,
        children,
        d.maxHeld(),
        d.renewAfter(),
        d.listsAfter(),
        d.knockEvery(),
        d.blindWindow(),
        null,
        d.maxBacklog());
  }

  private static ServerId id(long value) {
    return new ServerId(value);
  }

  private static Place host(String name) {
    return Place.of(Fleets.http("http://" + name + "/mcp"));
  }

  private void due(long id, String host, long at) {
    queue.add(id(id), host(host));
    queue.due(id(id), at, 100);
  }

  private List<Long> take(long now) {
    return queue.take(now).stream().map(release -> release.server().value()).toList();
  }

  @Test
  void a_server_is_released_when_it_is_due_and_not_before() {
    due(1, "a.test", 100);

    assertThat(take(99)).isEmpty();
    assertThat(take(100)).containsExactly(1L);
    assertThat(take(1_000)).as("it runs").isEmpty();
  }

  @Test
  void a_look_that_ended_is_followed_by_the_next_one() {
    due(1, "a.test", 100);
    take(100);

    queue.done(id(1), 200, 100);

    assertThat(take(199)).isEmpty();
    assertThat(take(200)).containsExactly(1L);
  }

  @Test
  void a_request_while_a_look_runs_leads_to_one_more_look_after_it() {
    due(1, "a.test", 100);
    take(100);
    queue.ask(id(1), 110, Cause.RELOAD);
    queue.ask(id(1), 120, Cause.WATCH);
    assertThat(take(150)).isEmpty();

    queue.done(id(1), 1_000, 900);

    List<DueQueue.Release> next = queue.take(150);
    assertThat(next).extracting(DueQueue.Release::cause).containsExactly(Cause.RELOAD);
    queue.done(id(1), 1_000, 900);
    assertThat(take(999)).isEmpty();
  }

  @Test
  void what_was_asked_for_goes_before_what_is_only_due() {
    queue.bound(bounds(1, 1, 1));
    due(1, "a.test", 1);
    due(2, "b.test", 2);
    queue.ask(id(2), 50, Cause.RELOAD);

    assertThat(take(50)).containsExactly(2L);
  }

  @Test
  void who_waits_already_is_moved_ahead_when_asked_for() {
    queue.bound(bounds(1, 1, 1));
    IntStream.rangeClosed(1, 3).forEach(each -> due(each, "h" + each + ".test", each));
    assertThat(take(10)).containsExactly(1L);

    queue.ask(id(3), 11, Cause.RELOAD);
    queue.done(id(1), 500, 100);

    assertThat(take(12)).containsExactly(3L);
  }

  @Test
  void a_host_has_no_more_looks_than_its_bound_and_holds_nobody_else_up() {
    queue.bound(bounds(256, 2, 32));
    IntStream.rangeClosed(1, 50).forEach(each -> due(each, "full.test", each));
    due(99, "other.test", 60);

    assertThat(take(100)).containsExactlyInAnyOrder(1L, 2L, 99L);
    queue.done(id(2), 1_000, 900);
    assertThat(take(100)).containsExactly(3L);
  }

  @Test
  void hosts_take_turns() {
    queue.bound(bounds(4, 4, 4));
    IntStream.rangeClosed(1, 10).forEach(each -> due(each, "large.test", each));
    due(11, "small.test", 50);
    due(12, "tiny.test", 51);

    assertThat(take(100)).hasSize(4).contains(11L, 12L);
  }

  @Test
  void child_processes_have_a_bound_of_their_own() {
    queue.bound(bounds(256, 32, 3));
    for (long each = 1; each <= 10; each++) {
      queue.add(id(each), Place.of(Fleets.child()));
      queue.due(id(each), each, 100);
    }

    assertThat(take(100)).hasSize(3);
  }

  @Test
  void an_eighth_of_the_room_is_kept_for_what_somebody_waits_for() {
    queue.bound(bounds(16, 100, 100));
    IntStream.rangeClosed(1, 40).forEach(each -> due(each, "h" + each + ".test", each));
    assertThat(take(100)).hasSize(14);

    queue.ask(id(40), 100, Cause.RELOAD);

    assertThat(take(100)).containsExactly(40L);
    assertThat(queue.running()).isEqualTo(15);
    assertThat(queue.waiting()).isEqualTo(25);
  }

  @Test
  void a_wider_bound_is_obeyed_at_once() {
    queue.bound(bounds(256, 1, 32));
    IntStream.rangeClosed(1, 5).forEach(each -> due(each, "a.test", each));
    assertThat(take(100)).hasSize(1);

    queue.bound(bounds(256, 3, 32));

    assertThat(take(100)).hasSize(2);
  }

  @Test
  void a_server_that_moves_counts_at_its_new_host_from_its_next_look_on() {
    queue.bound(bounds(256, 1, 32));
    due(1, "old.test", 1);
    due(2, "old.test", 2);
    due(3, "new.test", 2);
    assertThat(take(10)).containsExactlyInAnyOrder(1L, 3L);

    queue.move(id(1), host("new.test"));
    queue.done(id(1), 11, 10);

    assertThat(take(20)).as("the old host has room, the new one has not").containsExactly(2L);
    queue.done(id(3), 1_000, 10);
    assertThat(take(20)).containsExactly(1L);
  }

  @Test
  void a_server_that_is_removed_is_released_no_more() {
    due(1, "a.test", 100);
    due(2, "a.test", 100);
    queue.remove(id(1));
    assertThat(take(100)).containsExactly(2L);

    queue.remove(id(2));
    queue.done(id(2), 200, 100);

    assertThat(take(1_000)).isEmpty();
    assertThat(queue.running()).isZero();
  }

  @Test
  void a_server_for_which_nothing_is_due_rests_until_it_is_asked_for() {
    due(1, "a.test", 100);
    queue.never(id(1));
    assertThat(take(1_000)).isEmpty();

    queue.ask(id(1), 2_000, Cause.ENABLED);

    assertThat(take(1_999)).isEmpty();
    assertThat(take(2_000)).containsExactly(1L);
  }

  @Test
  void other_uses_of_a_host_count_against_its_bound() {
    queue.bound(bounds(256, 2, 32));
    assertThat(queue.enter(host("a.test"))).isTrue();
    due(1, "a.test", 1);
    due(2, "a.test", 2);
    assertThat(take(10)).containsExactly(1L);
    assertThat(queue.enter(host("a.test"))).isFalse();

    queue.leave(host("a.test"));

    assertThat(take(10)).containsExactly(2L);
  }

  @Test
  void the_oldest_look_that_was_not_begun_is_known_with_its_interval() {
    assertThat(queue.oldest()).isNull();
    queue.bound(bounds(1, 1, 1));
    due(1, "a.test", 10);
    due(2, "a.test", 20);
    take(30);

    assertThat(queue.oldest()).isEqualTo(new DueQueue.Oldest(20, 100));
  }

  @Test
  void ending_a_look_that_was_never_begun_is_a_fault() {
    due(1, "a.test", 10);

    assertThatThrownBy(() -> queue.done(id(1), 20, 10)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatever_happens_bounds_hold_and_nobody_is_lost() {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    queue.bound(bounds(20, 4, 3));
    Map<Long, String> hosts = new HashMap<>();
    Map<Long, Integer> looks = new HashMap<>();
    for (long each = 1; each <= 200; each++) {
      String host = "h" + random.nextInt(12) + ".test";
      hosts.put(each, host);
      due(each, host, random.nextInt(1_000));
    }
    Map<Long, String> running = new HashMap<>();
    for (long now = 0; now < 60_000; now += 20) {
      for (DueQueue.Release release : queue.take(now)) {
        long id = release.server().value();
        assertThat(running.put(id, hosts.get(id))).as("single flight, seed %d", seed).isNull();
        looks.merge(id, 1, Integer::sum);
      }
      assertThat(running.size()).isLessThanOrEqualTo(20);
      Map<String, Integer> perHost = new HashMap<>();
      running.values().forEach(host -> perHost.merge(host, 1, Integer::sum));
      assertThat(perHost.values()).as("seed %d", seed).allMatch(count -> count <= 4);
      Set<Long> ended = new HashSet<>();
      for (long id : running.keySet()) {
        if (random.nextInt(4) == 0) {
          queue.done(id(id), now + 500 + random.nextInt(1_000), 1_000);
          ended.add(id);
        }
      }
      running.keySet().removeAll(ended);
      long any = 1L + random.nextInt(200);
      switch (random.nextInt(3)) {
        case 0 -> queue.ask(id(any), now + random.nextInt(500), Cause.RELOAD);
        case 1 -> queue.due(id(any), now + random.nextInt(500), 500);
        default -> {
          // Nobody interferes.
        }
      }
    }
    assertThat(looks.values()).as("seed %d", seed).hasSize(200).allMatch(count -> count > 5);
  }
}
