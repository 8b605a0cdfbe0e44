package dev.pharos.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Stage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResolverTest extends NetTest {
  private static final InetAddress[] LOOPBACK = {InetAddress.ofLiteral("127.0.0.1")};

  @Test
  void a_name_that_does_not_exist_is_not_found() {
    Origin nowhere = new Origin(false, "nosuch.test", 80);
    FailureException failure = failureOf(() -> dialer.dial(nowhere, look()));
    assertThat(failure.kind()).isEqualTo(FailureKind.DNS_NOT_FOUND);
    assertThat(failure.at(Stage.CALL).stage()).isEqualTo(Stage.DNS);
    assertThat(failure.detail()).contains("nosuch.test");
  }

  @ParameterizedTest
  @CsvSource({
    "'h: Name or service not known', DNS_NOT_FOUND",
    "'h: No address associated with hostname', DNS_NOT_FOUND",
    "'nodename nor servname provided, or not known', DNS_NOT_FOUND",
    "'h: Temporary failure in name resolution', DNS_FAILURE",
    "'h: Non-recoverable failure in name resolution', DNS_FAILURE",
    "'h: Try again', DNS_FAILURE",
    "'h: System error', DNS_FAILURE",
  })
  void the_systems_words_tell_no_such_name_from_no_answer(String words, FailureKind kind) {
    assertThat(
            kindOf(
                resolver(host -> {
                  throw new UnknownHostException(words);
                })))
        .isEqualTo(kind);
  }

  @Test
  void a_resolver_that_breaks_says_nothing_about_the_name() {
    assertThat(
            kindOf(
                resolver(host -> {
                  throw new SecurityException("not allowed");
                })))
        .isEqualTo(FailureKind.DNS_FAILURE);
  }

  @Test
  void a_lookup_that_hangs_ends_at_its_own_time_and_at_the_looks_deadline() {
    CountDownLatch never = new CountDownLatch(1);
    Resolver.Lookup hanging =
        host -> {
          awaitQuietly(never);
          return LOOPBACK;
        };
    try (Resolver patient = new Resolver(Duration.ofHours(1), hanging);
        Resolver hasty = new Resolver(Duration.ofMillis(50), hanging)) {
      assertThat(kindOf(() -> hasty.resolve("h", deadline(20_000))))
          .isEqualTo(FailureKind.DNS_TIMEOUT);
      assertThat(kindOf(() -> patient.resolve("h", deadline(50))))
          .isEqualTo(FailureKind.DNS_TIMEOUT);
    }
  }

  @Test
  void looks_that_ask_for_one_name_at_once_share_a_lookup() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger lookups = new AtomicInteger();
    try (Resolver resolver =
            new Resolver(
                Duration.ofSeconds(20),
                host -> {
                  lookups.incrementAndGet();
                  awaitQuietly(answer);
                  return LOOPBACK;
                });
        var looks = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<InetAddress[]> look = () -> resolver.resolve("h", deadline(20_000));
      var all = Stream.generate(() -> looks.submit(look)).limit(50).toList();
      Awaitility.await().until(() -> lookups.get() == 1);
      answer.countDown();
      for (Future<InetAddress[]> each : all) {
        assertThat(each.get()).isEqualTo(LOOPBACK);
      }
      assertThat(lookups.get()).isLessThanOrEqualTo(50);
      int before = lookups.get();
      resolver.resolve("h", deadline(20_000));
      assertThat(lookups).hasValue(before + 1);
    }
  }

  @Test
  void a_literal_address_needs_no_lookup() throws Exception {
    try (Resolver resolver =
        new Resolver(
            Duration.ofSeconds(1),
            host -> {
              throw new AssertionError("looked up " + host);
            })) {
      assertThat(resolver.resolve("127.0.0.1", deadline(1_000))).isEqualTo(LOOPBACK);
      assertThat(resolver.resolve("::1", deadline(1_000)))
          .containsExactly(InetAddress.ofLiteral("::1"));
    }
  }

  @Test
  void the_jvm_forgets_failures_at_once() {
    assertThatThrownBy(() -> dialer.dial(new Origin(false, "nosuch.test", 80), look()))
        .isInstanceOf(FailureException.class);
    assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("0");
  }

  private static org.assertj.core.api.ThrowableAssert.ThrowingCallable resolver(
      Resolver.Lookup lookup) {
    return () -> {
      try (Resolver resolver = new Resolver(Duration.ofSeconds(20), lookup)) {
        resolver.resolve("h", deadline(20_000));
      }
    };
  }

  private static Deadline deadline(int millis) {
    return Deadline.after(Duration.ofMillis(millis), TICKER);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
