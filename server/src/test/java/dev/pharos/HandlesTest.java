package dev.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.probe.ProbeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a limit of file handles leaves for servers. */
class HandlesTest {
  @ParameterizedTest
  @CsvSource({
    "256, 4096, 192, 96",
    "1024, 4096, 768, 384",
    "4096, 4096, 3072, 1536",
    "20000, 4096, 18976, 4096",
    "20000, 100, 18976, 100",
    "1048576, 100000, 1047552, 100000",
    "9223372036854775807, 4096, 2147483647, 4096",
    "0, 4096, 2147483647, 4096",
    "-1, 0, 2147483647, 0"
  })
  void some_are_kept_back_and_half_of_the_rest_may_be_streams(
      long limit, int wanted, int connections, int held) {
    Handles handles = new Handles(limit);

    assertThat(handles.bound(ProbeSettings.DEFAULT).net().maxOpen()).isEqualTo(connections);
    assertThat(handles.held(wanted)).isEqualTo(held);
  }

  @Test
  void this_process_has_some() {
    assertThat(Handles.ofProcess().held(100_000)).isPositive();
  }
}
