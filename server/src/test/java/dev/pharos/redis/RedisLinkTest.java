package dev.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.fleet.Secret;
import dev.pharos.testing.FaultProxy;
import dev.pharos.testing.RawPeer;
import dev.pharos.testing.RawServer;
import dev.pharos.testing.RedisProcess;
import dev.pharos.testing.TestCertificates;
import dev.pharos.testing.TestRedis;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;

class RedisLinkTest {
  private static @Nullable RedisProcess guarded;

  @BeforeAll
  static void start_one_with_users() {
    guarded = RedisProcess.start("--requirepass hunter2");
    try (Jedis admin = new Jedis("127.0.0.1", guarded.port())) {
      admin.auth("hunter2");
      admin.aclSetUser("none", "on", ">hunter2", "~*", "-@all");
      admin.aclSetUser("reader", "on", ">hunter2", "~*", "+@all", "-xadd", "-setex");
      admin.aclSetUser("elsewhere", "on", ">hunter2", "~mcp:*", "+@all");
      admin.aclSetUser(
          "enough", ("on >hunter2 ~mcp:* ~pharos:* -@all " + RedisLink.RIGHTS).split(" ", -1));
    }
  }

  @AfterAll
  static void stop() {
    if (guarded != null) {
      guarded.close();
    }
  }

  private static RedisLink open(RedisSettings settings) {
    return RedisLink.open(settings, _ -> {}, InstantSource.system());
  }

  private static RedisSettings guarded(@Nullable String user, @Nullable String password, int db) {
    int port = guarded == null ? 0 : guarded.port();
    Secret secret = password == null ? null : new Secret(password);
    return new RedisSettings("127.0.0.1", port, false, user, secret, db);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-,         -,       0,   wants a password",
        "-,         wrong,   0,   refuses the user or the password",
        "nobody,    hunter2, 0,   refuses the user or the password",
        "-,         hunter2, 99,  no database of the number",
        "none,      hunter2, 0,   'run DEL, DISCARD, EXEC, GET, MULTI, SET, SETEX, TIME, UNWATCH, WATCH, XADD, XREAD; as'",
        "reader,    hunter2, 0,   'run SETEX, XADD; as an administrator of Redis run: ACL SETUSER reader ~mcp:* ~pharos:* +'",
        "elsewhere, hunter2, 0,   use the keys pharos:relay:last"
      })
  void who_is_not_let_in_is_told_at_the_start(
      @Nullable String user, @Nullable String password, int database, String saying) {
    assertThatThrownBy(() -> open(guarded(user, password, database)))
        .isInstanceOf(RedisException.class)
        .hasMessageStartingWith("redis_url")
        .hasMessageContaining(saying)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2", "wrong"));
  }

  @Test
  void the_rights_that_we_ask_for_are_enough_and_looking_changes_nothing() {
    try (RedisLink link = open(guarded("enough", "hunter2", 1));
        Jedis admin = new Jedis("127.0.0.1", guarded("", "", 0).port())) {
      assertThat(link.state().connected()).isTrue();
      admin.auth("hunter2");
      assertThat(admin.dbSize()).isZero();
      admin.select(1);
      assertThat(admin.dbSize()).isZero();
    }
  }

  @Test
  void a_password_where_none_is_needed_is_told() {
    try (FaultProxy proxy = FaultProxy.to(TestRedis.address())) {
      RedisSettings settings =
          new RedisSettings("127.0.0.1", proxy.port(), false, null, new Secret("hunter2"), 0);
      assertThatThrownBy(() -> open(settings))
          .hasMessage(
              "redis_url: Redis has no password for this user, but redis_url gives one: leave it"
                  + " out");
    }
  }

  @Test
  void one_that_cannot_be_reached_is_no_error() {
    try (FaultProxy proxy = FaultProxy.to(TestRedis.address())) {
      proxy.refuse();
      try (RedisLink link = Links.open(proxy)) {
        assertThat(link.state().connected()).isFalse();
        assertThat(link.state().why()).isEqualTo("Redis refuses the connection");
      }
    }
  }

  @Test
  void one_that_hangs_is_no_error_and_takes_seconds_only() {
    try (FaultProxy proxy = FaultProxy.to(TestRedis.address())) {
      proxy.pause();
      long start = System.nanoTime();
      try (RedisLink link = Links.open(proxy)) {
        assertThat(link.state().why()).isEqualTo("Redis does not answer in time");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
  }

  private static void beOld(RawPeer peer) throws IOException {
    String info = "# Server\r\nredis_version:5.0.14\r\n";
    for (String line = peer.readLine(); line != null; line = peer.readLine()) {
      if (line.startsWith("server")) {
        peer.write("$" + info.length() + "\r\n" + info + "\r\n");
      }
    }
  }

  @Test
  void an_old_one_is_told() {
    try (RawServer old = RawServer.plain(RedisLinkTest::beOld)) {
      assertThatThrownBy(() -> open(Links.settings(old.port())))
          .isInstanceOf(RedisException.class)
          .hasMessage(
              "redis_url names a Redis 5.0: Pharos needs 6.2 or newer; update it or name another");
    }
  }

  @Test
  void a_redis_without_encryption_is_told() {
    try (RawServer plain = RawServer.plain(peer -> peer.write("-ERR Protocol error\r\n"))) {
      RedisSettings settings =
          new RedisSettings("127.0.0.1", plain.port(), true, null, new Secret("hunter2"), 0);
      assertThatThrownBy(() -> open(settings))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("encrypted connection");
    }
  }

  @Test
  void a_certificate_that_java_trusts_will_do(@TempDir Path folder) throws Exception {
    Path authorities = folder.resolve("authorities.p12");
    try (OutputStream out = Files.newOutputStream(authorities)) {
      TestCertificates.authorities().store(out, "changeit".toCharArray());
    }
    System.setProperty("javax.net.ssl.trustStore", authorities.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    try (RawServer old = RawServer.tls(TestCertificates.VALID.server(), RedisLinkTest::beOld)) {
      RedisSettings settings = new RedisSettings("localhost", old.port(), true, null, null, 0);
      assertThatThrownBy(() -> open(settings)).hasMessageContaining("names a Redis 5.0");
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
    }
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_told() {
    try (RawServer server = RawServer.tls(TestCertificates.VALID.server(), peer -> peer.hold())) {
      RedisSettings settings =
          new RedisSettings("localhost", server.port(), true, null, new Secret("hunter2"), 0);
      assertThatThrownBy(() -> open(settings))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("its certificate must be valid for the host");
    }
  }
}
