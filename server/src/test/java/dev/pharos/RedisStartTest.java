package dev.pharos;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.config.ConfigReader;
import dev.pharos.trace.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start with an address of Redis that is none. */
class RedisStartTest {
  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(strings = {"http://user:hush-hush@host", "redis://u:hush-hush@host/twelve"})
  void ends_with_a_sentence_that_names_the_setting_and_no_secret(String url) throws Exception {
    ConfigReader reader =
        new ConfigReader(Map.of("PHAROS_REDIS_URL", url), Map.of("port", "0"), data);
    LocalMonitors monitors = new LocalMonitors(InstantSource.system(), Ticker.system());

    assertThatThrownBy(() -> monitors.start(reader, reader.read(null), false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("redis_url")
        .hasMessageNotContaining("hush-hush");
  }
}
