package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BufferTest extends McpTest {
  @Test
  void it_grows_to_its_bound_and_not_above() throws FailureException {
    try (Buffer buffer = Buffer.lend(100_000)) {
      buffer.append(new byte[99_999], 0, 99_999);
      buffer.append(new byte[1], 0, 1);
      FailureException failure = failureOf(() -> buffer.append(new byte[1], 0, 1));
      assertThat(failure.kind()).isEqualTo(FailureKind.OVERSIZE);
      assertThat(failure.detail()).contains("100000");
      assertThat(buffer.length()).isEqualTo(100_000);
    }
  }

  @Test
  void writing_into_its_room_stops_behind_the_bound() throws FailureException {
    try (Buffer buffer = Buffer.lend(20_000)) {
      assertThat(
              kindOf(() -> {
                for (int i = 0; i < 100; i++) {
                  buffer.wrote(buffer.room());
                }
              }))
          .isEqualTo(FailureKind.OVERSIZE);
      assertThat(buffer.bytes().length).isLessThanOrEqualTo(128 * 1024);
    }
  }

  @Test
  void a_buffer_given_back_twice_is_lent_once() throws FailureException {
    Buffer first = Buffer.lend(1000);
    first.close();
    first.close();
    List<Buffer> lent = new ArrayList<>();
    Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 100; i++) {
      Buffer buffer = Buffer.lend(1000);
      lent.add(buffer);
      arrays.add(buffer.bytes());
    }
    lent.forEach(Buffer::close);
    assertThat(arrays).hasSize(100);
  }

  @Test
  void a_buffer_used_after_it_was_given_back_shares_nothing() throws FailureException {
    Buffer stale = Buffer.lend(1000);
    byte[] memory = stale.bytes();
    stale.close();
    stale.append(bytes("late"), 0, 4);
    assertThat(stale.bytes()).isNotSameAs(memory);
  }

  @Test
  void what_grew_large_is_not_kept_in_the_pool() throws FailureException {
    Buffer large = Buffer.lend(1 << 20);
    large.append(new byte[1 << 20], 0, 1 << 20);
    byte[] memory = large.bytes();
    large.close();
    for (int i = 0; i < 65; i++) {
      assertThat(Buffer.lend(1000).bytes()).isNotSameAs(memory);
    }
  }

  @Test
  void a_small_buffer_is_small_again_when_cleared() throws FailureException {
    Buffer small = Buffer.small(1 << 20);
    small.append(new byte[500_000], 0, 500_000);
    small.clear();
    assertThat(small.bytes().length).isLessThan(1024);
  }
}
