package dev.pharos.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final String RIGHT = "correct horse ü";
  private static final PasswordHash HASH = PasswordHash.of(RIGHT);
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private final InstantSource clock = () -> Instant.EPOCH.plusNanos(nanos.get());
  private final Access access = Access.alone(HASH, clock, nanos::get);

  @Test
  void the_password_is_granted_and_any_other_is_not() {
    assertThat(access.verify(RIGHT, HERE)).isEqualTo(new Verdict.Granted());
    assertThat(access.verify(RIGHT, HERE)).isEqualTo(new Verdict.Granted());
    assertThat(access.verify(RIGHT + " ", HERE)).isEqualTo(new Verdict.Denied());
    assertThat(access.verify("", HERE)).isEqualTo(new Verdict.Denied());
    assertThat(access.verify("x".repeat(100_000), HERE)).isEqualTo(new Verdict.Denied());
  }

  @Test
  void the_same_password_is_hashed_differently_each_time() {
    assertThat(HASH.text()).startsWith("$argon2id$v=19$m=7168,t=5,p=1$").doesNotContain(RIGHT);
    assertThat(PasswordHash.of(RIGHT).text()).isNotEqualTo(HASH.text());
    assertThat(HASH.toString()).doesNotContain("argon2");
  }

  @Test
  void guessing_gets_slower_and_the_right_password_waits_too() {
    for (int i = 0; i < 5; i++) {
      assertThat(access.verify("guess " + i, HERE)).isEqualTo(new Verdict.Denied());
    }

    assertThat(access.verify(RIGHT, HERE)).isEqualTo(new Verdict.Slowed(Duration.ofSeconds(1)));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(access.verify("guess", HERE)).isEqualTo(new Verdict.Denied());
    assertThat(access.verify("guess", HERE)).isEqualTo(new Verdict.Slowed(Duration.ofSeconds(2)));
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(access.verify(RIGHT, HERE)).isEqualTo(new Verdict.Granted());
    assertThat(access.verify("guess", HERE)).isEqualTo(new Verdict.Denied());
    assertThat(access.verify(RIGHT, HERE)).isEqualTo(new Verdict.Granted());
  }

  @Test
  void one_guesser_does_not_lock_out_others() {
    for (int i = 0; i < 5; i++) {
      access.verify("guess " + i, HERE);
    }

    assertThat(access.verify(RIGHT, InetAddress.ofLiteral("192.0.2.1")))
        .isEqualTo(new Verdict.Granted());
  }

  @Test
  void a_network_of_ipv6_is_one_guesser() {
    for (int i = 0; i < 5; i++) {
      access.verify("guess", InetAddress.ofLiteral("2001:db8::" + (i + 1)));
    }

    assertThat(access.verify(RIGHT, InetAddress.ofLiteral("2001:db8::99")))
        .isInstanceOf(Verdict.Slowed.class);
    assertThat(access.verify(RIGHT, InetAddress.ofLiteral("2001:db8:0:1::1")))
        .isEqualTo(new Verdict.Granted());
  }

  @Test
  void another_password_ends_sessions_and_the_memory_of_the_old_one() {
    access.verify(RIGHT, HERE);
    Session session = access.open();

    access.change(PasswordHash.of("another one"));

    assertThat(access.isOpen(session.id())).isFalse();
    assertThat(access.verify(RIGHT, HERE)).isEqualTo(new Verdict.Denied());
    assertThat(access.verify("another one", HERE)).isEqualTo(new Verdict.Granted());
  }

  @Test
  void without_a_password_nothing_is_guarded_and_nothing_is_granted() {
    Access open = Access.alone(null, clock, nanos::get);

    assertThat(open.guarded()).isFalse();
    assertThat(access.guarded()).isTrue();
    assertThat(open.verify("", HERE)).isEqualTo(new Verdict.Denied());
  }

  @Test
  void a_session_is_known_by_its_id_and_its_page_by_the_token() {
    Session session = access.open();
    Session other = access.open();

    assertThat(access.isOpen(session.id())).isTrue();
    assertThat(access.isOpen(session.csrfToken())).isFalse();
    assertThat(access.isOpen("")).isFalse();
    assertThat(access.isFromSession(session.id(), session.csrfToken())).isTrue();
    assertThat(access.isFromSession(session.id(), other.csrfToken())).isFalse();
    assertThat(access.isFromSession("none", session.csrfToken())).isFalse();
    assertThat(session.toString()).doesNotContain(session.id());
    access.close(session.id());
    assertThat(access.isOpen(session.id())).isFalse();
    assertThat(access.isOpen(other.id())).isTrue();
  }

  @Test
  void a_session_ends_when_it_is_not_used_and_at_last_in_any_case() {
    Session idle = access.open();
    nanos.addAndGet(Duration.ofHours(12).toNanos() + 1_000);
    assertThat(access.isOpen(idle.id())).isFalse();

    Session busy = access.open();
    for (int hours = 0; hours < 7 * 24; hours += 8) {
      nanos.addAndGet(Duration.ofHours(8).toNanos());
      assertThat(access.isOpen(busy.id())).as("after %d hours", hours + 8).isTrue();
    }
    nanos.addAndGet(1_000);
    assertThat(access.isOpen(busy.id())).isFalse();
  }

  @Test
  void sessions_are_bounded_and_the_least_used_gives_way() {
    Session first = access.open();
    Session second = access.open();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 999; i++) {
      assertThat(access.isOpen(first.id())).isTrue();
      ids.add(access.open().id());
    }

    assertThat(access.isOpen(first.id())).isTrue();
    assertThat(access.isOpen(second.id())).isFalse();
    assertThat(ids).hasSize(999).allMatch(id -> id.matches("[A-Za-z0-9_-]{64}"));
  }

  @Test
  void the_file_is_for_its_owner_only_and_reads_back() throws IOException {
    PasswordFile file = new PasswordFile(folder);
    assertThat(file.read()).isEmpty();

    Files.writeString(folder.resolve("password.new"), "cut sho");
    file.write(PasswordHash.of("first one"));
    file.write(HASH);

    assertThat(file.read().orElseThrow().text()).isEqualTo(HASH.text());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("password"))))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$argon2id$v=19$m=999999,t=5,p=1$c29tZXNhbHRz$c29tZWhhc2hzb21laGFzaA",
        "$argon2id$v=19$m=7168,t=99,p=1$c29tZXNhbHRz$c29tZWhhc2hzb21laGFzaA"
      })
  void a_damaged_file_is_never_taken_for_no_password(String text) throws IOException {
    Files.writeString(folder.resolve("password"), text);

    assertThatThrownBy(() -> new PasswordFile(folder).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("./pharos passwd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234567", "1234567\n", "tab\tinside it"})
  void a_weak_or_unprintable_password_is_not_taken(String password) {
    assertThat(PasswordHash.complaint(password)).isNotNull();
    assertThatThrownBy(() -> PasswordHash.of(password))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
