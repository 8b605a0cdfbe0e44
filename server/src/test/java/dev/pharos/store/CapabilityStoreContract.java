package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.capability.CapabilityChange;
import dev.pharos.capability.CapabilityStore.NumberedChange;
import dev.pharos.capability.Snapshot;
import dev.pharos.event.EventJournal;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.testing.Fleets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@code CapabilityStore} does. */
abstract class CapabilityStoreContract extends StoreContract {
  private static final Snapshot FIRST =
      new Snapshot("hash-1", NOON, Fleets.capabilities("add", "sub"));
  private static final Snapshot SECOND =
      new Snapshot("hash-2", NOON.plusSeconds(9), Fleets.capabilities("add"));
  private static final FleetEvent EVENT =
      new FleetEvent.CapabilitiesChanged(
          NOON, "a", Map.of(), Map.of("tools", List.of("sub")), Map.of(), "hash-2");

  @Test
  void the_newest_snapshot_comes_back_as_it_was() {
    ServerId a = id(registered("a"));
    assertThat(stores().capabilities().newest(a)).isEmpty();
    assertThat(stores().capabilities().save(a, FIRST, List.of(), null)).isEmpty();
    assertThat(stores().capabilities().newest(a)).contains(FIRST);
    StoredEvent event = stores().capabilities().save(a, SECOND, List.of(), EVENT).orElseThrow();
    reopen();
    assertThat(stores().capabilities().newest(a)).contains(SECOND);
    assertThat(stores().events().after(1, EventJournal.Filter.ALL, 9)).containsExactly(event);
  }

  @Test
  void a_look_leaves_the_snapshot_alone() {
    ServerId a = id(registered("a"));
    stores().capabilities().save(a, FIRST, List.of(), null);
    write(good(a, NOON.plusSeconds(60)));
    assertThat(stores().capabilities().newest(a)).contains(FIRST);
  }

  @Test
  void servers_that_offer_the_same_share_it_but_not_the_time() {
    ServerId a = id(registered("a"));
    ServerId b = id(registered("b"));
    Snapshot later = new Snapshot(FIRST.hash(), NOON.plusSeconds(60), FIRST.capabilities());
    stores().capabilities().save(a, FIRST, List.of(), null);
    stores().capabilities().save(b, later, List.of(), null);
    assertThat(stores().capabilities().newest(a)).contains(FIRST);
    assertThat(stores().capabilities().newest(b)).contains(later);
  }

  @Test
  void changes_are_read_newest_first_page_by_page() {
    ServerId a = id(registered("a"));
    ServerId b = id(registered("b"));
    CapabilityChange added =
        new CapabilityChange(NOON, "tools", "added", "x", null, "{\"name\":\"x\"}");
    CapabilityChange removed =
        new CapabilityChange(NOON, "prompts", "removed", "y", "{\"name\":\"y\"}", null);
    CapabilityChange changed =
        new CapabilityChange(NOON, "resources", "changed", "file:///z", "{}", "{\"a\":1}");
    stores().capabilities().save(a, FIRST, List.of(added, removed), null);
    stores().capabilities().save(a, SECOND, List.of(changed), EVENT);
    stores().capabilities().save(b, SECOND, List.of(added), null);
    List<NumberedChange> page = stores().capabilities().changes(a, Long.MAX_VALUE, 2);
    assertThat(page).extracting(NumberedChange::change).containsExactly(changed, removed);
    assertThat(stores().capabilities().changes(a, page.getLast().id(), 2))
        .extracting(NumberedChange::change)
        .containsExactly(added);
  }

  @Test
  void what_comes_late_for_a_server_that_is_gone_leaves_nothing() {
    ServerId a = id(registered("a"));
    stores().servers().delete(a, Fleets.changed("a", "deleted"));
    long newest = stores().events().newest();
    assertThat(stores().capabilities().save(a, SECOND, List.of(), EVENT)).isEmpty();
    assertThat(stores().capabilities().newest(a)).isEmpty();
    assertThat(stores().events().newest()).isEqualTo(newest);
  }
}
