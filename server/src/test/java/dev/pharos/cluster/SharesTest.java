package dev.pharos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.ServerId;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  @ParameterizedTest
  @CsvSource({"0, 1, 0", "1, 3, 2", "10, 1, 11", "100, 3, 36", "3000, 3, 1050", "3000, 5, 630"})
  void a_node_keeps_its_share_and_a_twentieth(int servers, int nodes, int most) {
    assertThat(Shares.most(servers, nodes)).isEqualTo(most);
  }

  @Test
  void what_is_its_own_and_not_looked_at_is_found_and_the_other_way_round_lost() {
    Shares shares =
        Shares.of(
            List.of(holding(1, "me", 1), holding(2, "you", 1), holding(3, null, 1)),
            Map.of(id(2), 1L, id(9), 1L),
            "me",
            2);

    assertThat(shares.found()).containsExactly(id(1));
    assertThat(shares.lost()).containsExactlyInAnyOrder(id(2), id(9));
    assertThat(shares.room()).isEqualTo(2);
  }

  @Test
  void only_what_is_newer_in_the_store_was_edited() {
    Shares shares =
        Shares.of(
            List.of(holding(1, "me", 5), holding(2, "me", 5), holding(3, "me", 5)),
            Map.of(id(1), 4L, id(2), 5L, id(3), 6L),
            "me",
            1);

    assertThat(shares.edited()).containsExactly(id(1));
  }

  @Test
  void what_is_too_much_is_given_back_a_hundred_at_a_time() {
    List<Holding> all = LongStream.rangeClosed(1, 600).mapToObj(i -> holding(i, "me", 1)).toList();

    assertThat(Shares.of(all, Map.of(), "me", 2).surplus()).hasSize(100).contains(id(600));
    assertThat(Shares.of(all, Map.of(), "me", 1).surplus()).isEmpty();
  }

  private static Holding holding(long id, @Nullable String owner, long version) {
    return new Holding(id(id), owner, version);
  }

  private static ServerId id(long id) {
    return new ServerId(id);
  }
}
