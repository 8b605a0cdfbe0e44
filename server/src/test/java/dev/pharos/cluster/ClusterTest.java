package dev.pharos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.ManualTime;
import dev.pharos.testing.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Simulated nodes on one ledger, in virtual time: who looks at what, whatever happens to them. */
class ClusterTest {
  private static final int SERVERS = 300;
  private static final Duration STEP = Duration.ofMillis(100);

  private final ManualTime time = new ManualTime();
  private final Ledger ledger = new Ledger(time, SERVERS);
  private final List<Member> members = new ArrayList<>();

  @Test
  void one_node_takes_all_at_once() {
    Member alone = join();

    assertThat(alone.kept).hasSize(SERVERS);
    assertThat(alone.cluster.mayLook()).isTrue();
  }

  @Test
  void nodes_come_to_fair_shares_and_every_server_is_looked_at() {
    join();
    join();
    join();

    pass(Duration.ofSeconds(10));

    assertThat(members).allSatisfy(each -> assertThat(each.kept).hasSizeBetween(90, 105));
    everyServerIsLookedAt();
  }

  @Test
  void servers_of_a_killed_node_are_taken_over_within_twelve_seconds() {
    three().getFirst().dead = true;

    pass(Duration.ofSeconds(12));

    everyServerIsLookedAt();
  }

  @Test
  void a_node_that_was_stopped_looks_at_nothing_that_others_took() {
    Member slept = three().getFirst();
    slept.stopped = true;
    pass(Duration.ofSeconds(20));
    everyServerIsLookedAt();
    slept.stopped = false;

    pass(Duration.ofSeconds(15)); // asks at each step that nobody looks at the same

    everyServerIsLookedAt();
    assertThat(slept.kept).hasSizeBetween(90, 105);
  }

  @Test
  void a_node_that_alone_lost_the_database_stops_before_others_go_on() {
    Member cut = three().getFirst();
    cut.line.cut = true;

    pass(Duration.ofSeconds(12));

    assertThat(cut.cluster.mayLook()).isFalse();
    assertThat(cut.cluster.cutOffSince()).isNotNull();
    everyServerIsLookedAt();
    cut.line.cut = false;
    pass(Duration.ofSeconds(12));
    assertThat(cut.cluster.cutOffSince()).isNull();
    everyServerIsLookedAt();
  }

  @Test
  void when_the_database_is_away_for_all_everybody_looks_on_and_keeps_what_it_has() {
    List<Member> three = three();
    List<Integer> before = three.stream().map(each -> each.kept.size()).toList();
    three.forEach(each -> each.nobodyReaches = true);
    ledger.down = true;

    pass(Duration.ofSeconds(30));

    everyServerIsLookedAt();
    ledger.down = false;
    pass(Duration.ofSeconds(30));
    everyServerIsLookedAt();
    assertThat(three.stream().map(each -> each.kept.size())).isEqualTo(before);
  }

  @Test
  void the_last_one_awake_stops_as_well_when_it_is_cut_off_since_others_may_wake() {
    List<Member> three = three();
    three.get(1).dead = true;
    three.get(2).stopped = true;
    pass(Duration.ofSeconds(15));
    assertThat(three.getFirst().kept).hasSize(SERVERS);
    three.getFirst().line.cut = true;
    pass(Duration.ofSeconds(5));
    three.get(2).stopped = false;

    pass(Duration.ofSeconds(30)); // asks at each step that nobody looks at the same

    assertThat(three.getFirst().cluster.mayLook()).isFalse();
    everyServerIsLookedAt();
  }

  @Test
  void a_single_node_looks_on_without_its_database() {
    Member alone = join();
    ledger.down = true;

    pass(Duration.ofSeconds(60));

    assertThat(alone.cluster.mayLook()).isTrue();
  }

  @Test
  void without_a_second_way_to_know_a_node_of_several_stops_when_the_database_is_away() {
    List<Member> three = three();
    ledger.down = true;

    pass(Duration.ofSeconds(12));

    assertThat(three).noneMatch(each -> each.cluster.mayLook());
  }

  @Test
  void a_node_that_leaves_hands_over_within_two_seconds() {
    three().getFirst().leave();

    pass(Duration.ofSeconds(2));

    everyServerIsLookedAt();
  }

  @Test
  void a_process_that_starts_again_goes_on_with_what_its_predecessor_had() {
    Member first = join();
    first.dead = true;
    Member second = member();
    second.kept.clear();

    second.cluster.join(first.id);

    assertThat(second.kept).hasSize(SERVERS);
  }

  @Test
  void edits_and_removals_made_elsewhere_are_followed_within_a_second() {
    List<Member> three = three();
    ledger.edit(7);
    ledger.remove(8);
    ledger.add(1);

    pass(Duration.ofSeconds(1));

    Member owner = three.stream().filter(each -> each.looksAt(7)).findFirst().orElseThrow();
    assertThat(owner.edited).containsExactly(7L);
    assertThat(owner.version(7)).isEqualTo(2);
    assertThat(three).noneMatch(each -> each.looksAt(8));
  }

  @Test
  void nothing_is_given_back_while_it_cannot_be_written() {
    Member full = join();
    full.writes = false;
    join();

    pass(Duration.ofSeconds(20));

    assertThat(full.kept).hasSize(SERVERS);
    everyServerIsLookedAt();
  }

  @Test
  void at_no_time_do_two_look_at_the_same_server_and_in_the_end_one_looks_at_each() {
    Random random = new Random(Seed.of(ClusterTest.class));
    three();
    for (int round = 0; round < 40; round++) {
      trouble(random);
      pass(Duration.ofMillis(random.nextInt(15_000)));
    }
    members.forEach(each -> {
      each.stopped = false;
      each.line.cut = false;
      each.writes = true;
    });

    pass(Duration.ofSeconds(40));

    everyServerIsLookedAt();
  }

  private void trouble(Random random) {
    Member any = members.get(random.nextInt(members.size()));
    switch (random.nextInt(7)) {
      case 0 -> any.dead |= members.stream().filter(each -> !each.dead).count() > 1;
      case 1 -> any.stopped = !any.stopped;
      case 2 -> any.line.cut = !any.line.cut;
      case 3 -> any.writes = !any.writes;
      case 4 -> ledger.add(5);
      case 5 -> ledger.edit(1 + random.nextInt(SERVERS));
      default -> joinWhenFew();
    }
  }

  private void joinWhenFew() {
    if (members.size() < 12) {
      join();
    }
  }

  private List<Member> three() {
    join();
    join();
    join();
    pass(Duration.ofSeconds(20));
    everyServerIsLookedAt();
    return List.copyOf(members);
  }

  private Member join() {
    Member member = member();
    members.add(member);
    return member;
  }

  private Member member() {
    return new Member("node-" + members.size(), ledger, time, 137L * members.size() % 1000);
  }

  private void pass(Duration span) {
    for (Duration passed = Duration.ZERO; passed.compareTo(span) < 0; passed = passed.plus(STEP)) {
      time.advance(STEP);
      for (long server : ledger.servers()) {
        assertThat(members.stream().filter(each -> each.looksAt(server)).map(each -> each.id))
            .as("who looks at server %d at %s", server, time.instant())
            .hasSizeLessThanOrEqualTo(1);
      }
    }
  }

  private void everyServerIsLookedAt() {
    assertThat(ledger.servers())
        .allSatisfy(
            server -> assertThat(members.stream().filter(each -> each.looksAt(server))).hasSize(1));
  }
}
