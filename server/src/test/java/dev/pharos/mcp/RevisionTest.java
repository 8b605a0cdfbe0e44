package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.Era;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      textBlock =
          """
          2024-11-05 2025-11-25 2025-06-18, SESSION,   2025-11-25
          2024-11-05,                       SESSION,   2024-11-05
          2026-07-28,                       SESSION,   none
          2025-11-25,                       STATELESS, none
          2099-01-01 2026-07-28 2025-11-25, STATELESS, 2026-07-28
          2099-01-01 draft '',              STATELESS, none
          """)
  void the_newest_mutual_revision_of_an_era_is_chosen(
      String offered, Era era, @Nullable String chosen) {
    List<String> versions = Arrays.asList(offered.split(" ", -1));
    assertThat(Revision.newestMutual(versions, era)).isEqualTo(chosen);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, false",
    "2025-03-26, false",
    "2025-06-18, true",
    "2025-11-25, true",
    "2026-07-28, true",
  })
  void the_version_header_exists_since_june_2025(String revision, boolean header) {
    assertThat(Revision.hasVersionHeader(revision)).isEqualTo(header);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, SESSION, true",
    "2025-03-26, SESSION, true",
    "2025-11-25, STATELESS, false",
    "2026-07-28, STATELESS, true",
    "2026-07-28, SESSION, false",
    "2024-10-07, SESSION, false",
  })
  void a_revision_is_known_in_its_own_era(String revision, Era era, boolean known) {
    assertThat(Revision.known(revision, era)).isEqualTo(known);
  }
}
