package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@code ConfigStore} does. */
abstract class ConfigStoreContract extends StoreContract {
  private static final FleetEvent EVENT =
      new FleetEvent.ConfigChanged(NOON, null, "updated", List.of("retention"), "admin");

  @Test
  void a_value_that_was_never_set_is_not_there() {
    assertThat(stores().config().get("retention")).isEmpty();
    assertThat(stores().config().all()).isEmpty();
  }

  @Test
  void the_last_value_stands_and_each_is_told() {
    stores().config().put("retention", "{\"days\":7}", EVENT);
    StoredEvent second = stores().config().put("retention", "{\"days\":8}", EVENT);
    stores().config().put("health_check", "{}", EVENT);
    reopen();
    assertThat(stores().config().get("retention")).contains("{\"days\":8}");
    assertThat(stores().config().all()).containsOnlyKeys("retention", "health_check");
    assertThat(second.id()).isEqualTo(2);
    assertThat(stores().events().newest()).isEqualTo(3);
  }
}
