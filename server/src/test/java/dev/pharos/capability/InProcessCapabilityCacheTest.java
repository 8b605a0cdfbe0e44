package dev.pharos.capability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InProcessCapabilityCacheTest extends CapabilityCacheContract {
  private final InProcessCapabilityCache cache = new InProcessCapabilityCache(time);

  @Override
  protected CapabilityCache cache() {
    return cache;
  }

  @Test
  void what_was_used_longest_ago_makes_room() {
    InProcessCapabilityCache small = new InProcessCapabilityCache(time, 1_000);
    small.put("a", cached("one"));
    small.put("b", cached("two"));
    assertThat(small.get("a")).isPresent();

    small.put("c", cached("three"));

    assertThat(small.get("b")).isEmpty();
    assertThat(small.get("a")).isPresent();
    assertThat(small.get("c")).isPresent();
  }
}
