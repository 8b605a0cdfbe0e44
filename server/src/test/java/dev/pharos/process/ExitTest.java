package dev.pharos.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitTest {
  @ParameterizedTest
  @CsvSource({
    "0, exit code 0",
    "1, exit code 1",
    "127, exit code 127",
    "128, exit code 128",
    "130, killed by SIGINT",
    "137, killed by SIGKILL",
    "139, killed by SIGSEGV",
    "143, killed by SIGTERM",
    "255, exit code 255",
    "-1, exit code -1"
  })
  void a_code_is_read_as_the_jdk_reports_it(int code, String described) {
    assertThat(Exit.of(code).describe()).isEqualTo(described);
    assertThat(Exit.of(code).code()).isEqualTo(code);
  }
}
