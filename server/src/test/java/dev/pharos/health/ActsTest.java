package dev.pharos.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.HealthMemory;
import dev.pharos.fleet.SpanState;
import dev.pharos.trace.FailureKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people do to a server, and what becomes of it while we are blind. */
class ActsTest {
  @Test
  void registering_makes_the_first_look_due_and_changes_nothing_else() {
    Story story = new Story();
    HealthMemory fresh = story.memory;
    Step step = story.happens(0, new Happening.Enabled());
    assertThat(step.nextDue()).isEqualTo(Story.START);
    assertThat(step.memory()).isEqualTo(fresh);
    assertThat(step.flip()).isNull();
  }

  static Stream<Happening> callsForALook() {
    return Stream.of(
        new Happening.Enabled(),
        new Happening.Edited(),
        new Happening.Sighted(),
        new Happening.MaintenanceBegan(),
        new Happening.MaintenanceEnded(),
        new Happening.CircuitReset());
  }

  @ParameterizedTest
  @MethodSource("callsForALook")
  void whatever_calls_for_a_look_gets_it_at_once(Happening happening) {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    assertThat(story.happens(110, happening).nextDue()).isEqualTo(Story.at(110));
  }

  @Test
  void disabling_ends_the_looks_and_what_is_known() {
    Story story = Story.healthy();
    Step step = story.happens(100, new Happening.Disabled());
    assertThat(step.nextDue()).isNull();
    assertThat(story.statuses()).containsExactly("healthy>unknown@100");
    assertThat(story.spanFlips()).containsExactly("healthy>inactive@100");
  }

  @Test
  void a_look_that_ends_after_disabling_is_ignored() {
    Story story = Story.healthy();
    HealthMemory disabled = story.happens(100, new Happening.Disabled()).memory();
    Step step = story.looks(99, 101, Sights.passed(Story.at(99)));
    assertThat(step.memory()).isEqualTo(disabled);
    assertThat(step.nextDue()).isNull();
    assertThat(story.happens(102, new Happening.Edited()).nextDue()).isNull();
    assertThat(story.happens(103, new Happening.MaintenanceEnded()).nextDue()).isNull();
    assertThat(story.happens(104, new Happening.Sighted()).nextDue()).isNull();
    assertThat(story.happens(105, new Happening.Blinded()).nextDue()).isNull();
    assertThat(story.happens(106, new Happening.CircuitReset()).nextDue()).isNull();
  }

  @Test
  void enabling_begins_from_unknown_with_a_closed_circuit() {
    Story story = givenUp();
    Step step = story.happens(500, new Happening.Enabled());
    assertThat(step.nextDue()).isEqualTo(Story.at(500));
    assertThat(story.spanFlips()).containsExactly("inactive>unknown@500");
    assertThat(story.statuses()).containsExactly("unhealthy>unknown@500");
    assertThat(story.circuits()).containsExactly("open>closed@500");
    assertThat(step.memory().autoDisabledAt()).isNull();
    assertThat(step.memory().autoDisabledReason()).isNull();
    assertThat(step.memory().failureCycles()).isZero();
    assertThat(story.changes).noneMatch(Change.AutoEnabled.class::isInstance);
  }

  @Test
  void what_a_person_disabled_does_not_come_back_by_itself_even_if_it_had_been_given_up() {
    Story story = givenUp();
    assertThat(story.happens(500, new Happening.Disabled()).nextDue()).isNull();
    story.fromHereOn();
    assertThat(story.passes(1000).memory().active()).isFalse();
    assertThat(story.changes).isEmpty();
  }

  @Test
  void the_seldom_looks_at_a_server_that_was_given_up_keep_their_rhythm() {
    Story story = givenUp();
    assertThat(story.happens(300, new Happening.MaintenanceBegan()).nextDue())
        .isEqualTo(Story.at(1092));
    assertThat(story.happens(400, new Happening.Blinded()).nextDue()).isEqualTo(Story.at(1092));
    assertThat(story.happens(2000, new Happening.Sighted()).nextDue()).isEqualTo(Story.at(2000));
  }

  @Test
  void editing_a_server_that_was_given_up_looks_at_it_at_once() {
    Story story = givenUp();
    assertThat(story.happens(300, new Happening.Edited()).nextDue()).isEqualTo(Story.at(300));
    story.passes(300.5);
    assertThat(story.spanFlips()).containsExactly("inactive>healthy@300.5");
  }

  @Test
  void an_edit_makes_what_was_seen_doubtful() {
    Story story = Story.unhealthy(FailureKind.AUTH_REQUIRED);
    story.tuning.recoverAfter = 3;
    story.passes(109);
    story.happens(110, new Happening.Edited());
    assertThat(story.memory.reason()).isNull();
    assertThat(story.memory.successesInRow()).isZero();
    assertThat(story.memory.firstSuccessAt()).isNull();
    story.looks(110.5, 111, Sights.passed(Story.at(110.5)));
    assertThat(story.statuses()).containsExactly("unhealthy>unknown@110", "unknown>healthy@110.5");
  }

  @Test
  void an_edit_forgets_a_suspicion_and_closes_the_circuit() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.follows(250, (begin, _) -> Sights.failed(begin, FailureKind.TIMEOUT));
    story.fromHereOn();
    Step step = story.happens(260, new Happening.Edited());
    assertThat(story.circuits()).containsExactly("open>closed@260");
    assertThat(step.memory().failuresInRow()).isZero();
    story.fails(261, FailureKind.TIMEOUT);
    assertThat(story.health()).isEqualTo(Health.UNKNOWN);
  }

  @Test
  void a_look_that_began_before_the_edit_says_nothing_of_the_new_definition() {
    Story story = Story.healthy();
    story.happens(100, new Happening.Edited());
    Step step = story.looks(99, 101, Sights.passed(Story.at(99)));
    assertThat(step.memory().health()).isEqualTo(Health.UNKNOWN);
    assertThat(step.changes()).isEmpty();
    assertThat(step.nextDue()).isEqualTo(Story.at(101));
    story.happens(103, new Happening.Edited());
    story.looks(102, 104, Sights.failed(Story.at(102), FailureKind.TIMEOUT));
    assertThat(story.memory.failuresInRow()).isZero();
  }

  @Test
  void a_clock_that_was_set_back_does_not_make_looks_outdated() {
    Story story = new Story();
    story.passes(-3600);
    assertThat(story.health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void in_maintenance_health_goes_on_under_the_span() {
    Story story = Story.healthy();
    story.happens(100, new Happening.MaintenanceBegan());
    story.fails(110, FailureKind.TIMEOUT);
    story.fails(112, FailureKind.TIMEOUT);
    assertThat(story.statuses()).containsExactly("healthy>unhealthy@110");
    assertThat(story.memory.span()).isEqualTo(SpanState.MAINTENANCE);
    story.happens(200, new Happening.MaintenanceEnded());
    assertThat(story.spanFlips())
        .containsExactly("healthy>maintenance@100", "maintenance>unhealthy@200");
    assertThat(story.flips.getLast().reason()).isEqualTo(Sights.failure(FailureKind.TIMEOUT));
    assertThat(story.memory.since()).isEqualTo(Story.at(110));
    assertThat(story.memory.spanSince()).isEqualTo(Story.at(200));
  }

  @Test
  void evidence_from_before_maintenance_ended_counts_from_its_end() {
    Story story = Story.healthy();
    story.happens(100, new Happening.MaintenanceBegan());
    story.fails(110, FailureKind.TIMEOUT);
    story.happens(111, new Happening.MaintenanceEnded());
    story.fails(112, FailureKind.TIMEOUT);
    assertThat(story.spanFlips())
        .containsExactly(
            "healthy>maintenance@100", "maintenance>healthy@111", "healthy>unhealthy@111");
    assertThat(story.statuses()).containsExactly("healthy>unhealthy@111");
  }

  @Test
  void while_we_are_blind_looks_teach_nothing_and_come_soon() {
    Story story = Story.healthy();
    Step step = story.happens(100, new Happening.Blinded());
    assertThat(story.statuses()).containsExactly("healthy>unknown@100");
    assertThat(story.spanFlips()).containsExactly("healthy>blind@100");
    assertThat(story.wait(step)).isEqualTo(30.0);
    HealthMemory blind = story.memory;
    assertThat(story.fails(130, FailureKind.DNS_TIMEOUT).memory()).isEqualTo(blind);
    assertThat(story.fails(131, FailureKind.DNS_TIMEOUT).memory()).isEqualTo(blind);
    assertThat(story.wait(story.passes(132))).isEqualTo(30.0);
    Step early = story.looks(99, 133, Sights.passed(Story.at(99)));
    assertThat(story.wait(early)).isEqualTo(30.0);
    assertThat(story.memory).isEqualTo(blind);
  }

  @Test
  void after_blindness_the_health_is_what_the_next_look_says() {
    Story story = Story.healthy();
    story.happens(100, new Happening.Blinded());
    Step step = story.happens(200, new Happening.Sighted());
    assertThat(step.memory().health()).isEqualTo(Health.UNKNOWN);
    story.looks(199, 201, Sights.failed(Story.at(199), FailureKind.DNS_TIMEOUT));
    assertThat(story.memory.failuresInRow()).isZero();
    story.passes(202);
    assertThat(story.spanFlips())
        .containsExactly("healthy>blind@100", "blind>unknown@200", "unknown>healthy@202");
  }

  @Test
  void blindness_leaves_the_circuit_as_it_is() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.follows(193, (begin, _) -> Sights.failed(begin, FailureKind.TIMEOUT));
    assertThat(story.memory.circuit()).isEqualTo(CircuitState.OPEN);
    story.happens(200, new Happening.Blinded());
    story.happens(210, new Happening.Sighted());
    assertThat(story.memory.circuit()).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void the_same_thing_twice_is_no_news() {
    Story story = Story.healthy();
    story.happens(100, new Happening.Blinded());
    story.happens(110, new Happening.MaintenanceBegan());
    story.fromHereOn();
    story.happens(120, new Happening.Blinded());
    story.happens(130, new Happening.MaintenanceBegan());
    assertThat(story.changes).isEmpty();
    assertThat(story.flips).isEmpty();
  }

  @Test
  void the_strongest_overlay_shows() {
    Story story = Story.healthy();
    story.happens(100, new Happening.Blinded());
    story.happens(110, new Happening.MaintenanceBegan());
    story.happens(120, new Happening.Disabled());
    story.happens(130, new Happening.Enabled());
    story.happens(140, new Happening.MaintenanceEnded());
    story.happens(150, new Happening.Sighted());
    assertThat(story.spanFlips())
        .containsExactly(
            "healthy>blind@100",
            "blind>maintenance@110",
            "maintenance>inactive@120",
            "inactive>maintenance@130",
            "maintenance>blind@140",
            "blind>unknown@150");
  }

  /** Given up at 192 after one cycle. */
  private static Story givenUp() {
    Story story = Story.unhealthy(FailureKind.TIMEOUT);
    story.tuning.failureThreshold = 3;
    story.tuning.maxFailureCycles = 1;
    story.fails(132, FailureKind.TIMEOUT);
    story.fails(192, FailureKind.TIMEOUT);
    assertThat(story.memory.span()).isEqualTo(SpanState.INACTIVE);
    return story.fromHereOn();
  }
}
