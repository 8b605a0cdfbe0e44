package dev.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.fleet.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSettingsTest {
  private static RedisSettings parse(String url) {
    return RedisSettings.parse(new Secret(url));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "redis://localhost,                      localhost, 6379, false, -,    -,       0",
        "redis://10.0.0.1:7000/3,                10.0.0.1,  7000, false, -,    -,       3",
        "rediss://redis.test/,                   redis.test, 6379, true, -,    -,       0",
        "' REDIS://redis.test '     ,            redis.test, 6379, false, -,   -,       0",
        "redis://[::1]:6380/15,                  ::1,       6380, false, -,    -,       15",
        "redis://:secret@h,                      h,         6379, false, -,    secret,  0",
        "redis://pharos:secret@h,                h,         6379, false, pharos, secret, 0",
        "redis://p%40x:a%3Ab%2F%23+%25@h:1/0,    h,         1,    false, p@x,  a:b/#+%, 0",
        "redis://u:a:b@h,                        h,         6379, false, u,    a:b,     0"
      })
  void an_address_says_where_and_as_whom(
      String url,
      String host,
      int port,
      boolean tls,
      @Nullable String user,
      @Nullable String password,
      int database) {
    Secret secret = password == null ? null : new Secret(password);
    assertThat(parse(url)).isEqualTo(new RedisSettings(host, port, tls, user, secret, database));
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:hunter2@h,             redis://",
    "localhost:6379,                 redis://",
    "redis:///0,                     host",
    "redis://u:hunt#er2@h,           %23",
    "redis://u:hun ter2@h,           address",
    "redis://u:hunt%zzer2@h,         address",
    "redis://user@h,                 password",
    "redis://user:@h,                password",
    "redis://u:hunter2@h:0,          port",
    "redis://u:hunter2@h:70000,      port",
    "redis://u:hunter2@h/x,          database",
    "redis://u:hunter2@h/0?a=b,      leave it out"
  })
  void what_is_wrong_is_said_without_the_password(String url, String saying) {
    assertThatThrownBy(() -> parse(url))
        .isInstanceOf(RedisException.class)
        .hasMessageStartingWith("redis_url ")
        .hasMessageContaining(saying)
        .hasNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2", "hunt"));
  }

  @Test
  void it_prints_without_user_and_password() {
    assertThat(parse("rediss://user:hunter2@[::1]/2")).hasToString("rediss://[::1]:6379/2");
  }
}
