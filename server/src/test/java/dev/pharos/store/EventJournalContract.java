package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.event.EventJournal.Filter;
import dev.pharos.fleet.CircuitState;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.Fleets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@code EventJournal} does. */
abstract class EventJournalContract extends StoreContract {
  @Test
  void an_empty_journal_begins_at_nothing() {
    assertThat(stores().events().newest()).isZero();
    assertThat(stores().events().oldest()).isZero();
    assertThat(stores().events().after(0, Filter.ALL, 10)).isEmpty();
    assertThat(stores().events().before(Long.MAX_VALUE, Filter.ALL, 10)).isEmpty();
  }

  @Test
  void every_event_comes_back_as_it_was() {
    ServerId a = id(registered("a"));
    List<FleetEvent> events =
        List.of(
            new FleetEvent.StatusChanged(
                NOON, "a", Health.HEALTHY, Health.UNHEALTHY, Fleets.REFUSED, 3, 1_001L, 4),
            new FleetEvent.CircuitChanged(
                NOON, "a", CircuitState.CLOSED, CircuitState.OPEN, 5, 5, 0, "five in a row"),
            new FleetEvent.CapabilitiesChanged(
                NOON, "a", Map.of("tools", List.of("x")), Map.of(), Map.of(), "cafe"),
            new FleetEvent.MonitorChanged(NOON, "late", "two intervals late"));
    write(telling(good(a, NOON), events.toArray(new FleetEvent[0])));
    reopen();
    assertThat(stores().events().after(1, Filter.ALL, 10))
        .extracting(StoredEvent::event)
        .isEqualTo(events);
  }

  @Test
  void a_cursor_goes_forward_and_back_without_gaps() {
    ServerId a = id(registered("a"));
    for (int i = 0; i < 25; i++) {
      write(telling(good(a, NOON.plusSeconds(i)), cycle("a", i)));
    }
    List<Long> forward = new ArrayList<>();
    long cursor = 0;
    for (List<StoredEvent> page = stores().events().after(cursor, Filter.ALL, 7);
        !page.isEmpty();
        page = stores().events().after(cursor, Filter.ALL, 7)) {
      page.forEach(each -> forward.add(each.id()));
      cursor = page.getLast().id();
    }
    assertThat(forward).hasSize(26).isSorted().doesNotHaveDuplicates();
    assertThat(stores().events().before(Long.MAX_VALUE, Filter.ALL, 100))
        .extracting(StoredEvent::id)
        .containsExactlyElementsOf(forward.reversed());
    assertThat(stores().events().newest()).isEqualTo(forward.getLast());
    assertThat(stores().events().oldest()).isEqualTo(forward.getFirst());
  }

  @Test
  void a_filter_leaves_what_it_names() {
    ServerId a = id(registered("a"));
    ServerId b = id(registered("b"));
    write(telling(good(a, NOON), cycle("a", 1)), telling(good(b, NOON), cycle("b", 2)));
    assertThat(stores().events().after(0, new Filter("a", null), 10))
        .allSatisfy(each -> assertThat(each.event().server()).isEqualTo("a"))
        .hasSize(2);
    assertThat(stores().events().after(0, new Filter(null, "mcp_auto_enabled"), 10)).hasSize(2);
    assertThat(stores().events().before(99, new Filter("b", "mcp_auto_enabled"), 10))
        .extracting(StoredEvent::event)
        .containsExactly(cycle("b", 2));
    assertThat(stores().events().after(0, new Filter("c", null), 10)).isEmpty();
  }

  private static FleetEvent cycle(String server, int cycles) {
    return new FleetEvent.AutoEnabled(NOON, server, "back", cycles);
  }
}
