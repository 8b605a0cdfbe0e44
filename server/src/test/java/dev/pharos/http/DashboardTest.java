package dev.pharos.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {
  private final Dashboard dashboard = new Dashboard("/web-of-tests");

  @Test
  void addresses_in_the_page_lead_to_the_same_files_from_every_depth() {
    assertThat(dashboard.page(0)).contains("src=\"./assets/index-AbCd1234.js\"");
    assertThat(dashboard.page(1))
        .contains("src=\"../assets/index-AbCd1234.js\"", "href=\"../assets/index-AbCd1234.css\"")
        .doesNotContain("\"./");
  }

  @Test
  void files_with_a_hash_in_their_name_may_be_kept_for_ever_and_others_not() {
    assertThat(dashboard.file("index-AbCd1234.js")).isNotEmpty();
    assertThat(Dashboard.lasts("index-AbCd1234.js")).isTrue();
    assertThat(Dashboard.type("index-AbCd1234.js")).startsWith("text/javascript");
    assertThat(dashboard.file("plain.svg")).isNotEmpty();
    assertThat(Dashboard.lasts("plain.svg")).isFalse();
    assertThat(Dashboard.type("plain.svg")).isEqualTo("image/svg+xml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "missing-AbCd1234.js",
        "notes.txt",
        "../index.html",
        "..",
        ".",
        "",
        "a/b.js",
        "..\\index.js",
        ".hidden.js"
      })
  void nothing_else_is_given_out(String name) {
    assertThat(dashboard.file(name)).isNull();
  }

  @Test
  void a_build_without_it_has_no_page() {
    assertThat(new Dashboard("/nowhere").page(0)).isNull();
  }
}
