package dev.pharos.net;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Turns names into addresses within a time. The system's resolver cannot be interrupted and would
 * pin a virtual thread's carrier, so it runs on a few platform threads of its own; several looks
 * asking for one name at once share a lookup. Thread-safe.
 */
final class Resolver implements AutoCloseable {
  private static final int THREADS = 16;

  static {
    // A name that was fixed must not stay red for the 10 s that the JVM remembers a failure, and a
    // moved one must not stay on its old address for 30 s. The JVM reads both at its first lookup.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    Security.setProperty("networkaddress.cache.ttl", "5");
  }

  /** Asks the system; blocks for as long as the system likes. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final Duration timeout;
  private final Lookup lookup;
  private final ThreadPoolExecutor threads;
  private final ConcurrentMap<String, FutureTask<InetAddress[]>> running =
      new ConcurrentHashMap<>();

  Resolver(Duration timeout) {
    this(timeout, InetAddress::getAllByName);
  }

  Resolver(Duration timeout, Lookup lookup) {
    this.timeout = timeout;
    this.lookup = lookup;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("pharos-dns-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** The addresses of a name or of a literal address; at least one. */
  InetAddress[] resolve(String host, Deadline deadline) throws FailureException {
    InetAddress literal = literal(host);
    if (literal != null) {
      return new InetAddress[] {literal};
    }
    FutureTask<InetAddress[]> task = running.computeIfAbsent(host, this::start);
    try {
      return task.get(deadline.within(timeout).remainingNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      throw new FailureException(
          FailureKind.DNS_TIMEOUT, "no name server answered in time for " + Printable.of(host), e);
    } catch (ExecutionException e) {
      throw failure(host, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException(FailureKind.DNS_FAILURE, "the lookup was interrupted", e);
    }
  }

  /** The address that a host is, when it is no name. */
  static @Nullable InetAddress literal(String host) {
    if (host.indexOf(':') < 0 && !host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private FutureTask<InetAddress[]> start(String host) {
    FutureTask<InetAddress[]> task =
        new FutureTask<>(() -> lookup.addresses(host)) {
          @Override
          protected void done() {
            running.remove(host, this);
          }
        };
    threads.execute(task);
    return task;
  }

  /**
   * The JVM tells the resolver's result codes (RFC 3493 section 6.1) only in words: those of the
   * GNU, musl, BSD and Windows libraries.
   */
  private static FailureException failure(String host, @Nullable Throwable cause) {
    String words = String.valueOf(cause == null ? null : cause.getMessage());
    String lower = words.toLowerCase(Locale.ROOT);
    boolean unanswered =
        !(cause instanceof UnknownHostException)
            || lower.contains("temporary failure")
            || lower.contains("try again")
            || lower.contains("non-recoverable")
            || lower.contains("unrecoverable")
            || lower.contains("system error");
    String name = Printable.of(host);
    return unanswered
        ? new FailureException(
            FailureKind.DNS_FAILURE, "the name servers could not tell about " + name, cause)
        : new FailureException(
            FailureKind.DNS_NOT_FOUND, "the name " + name + " does not exist", cause);
  }

  /** Ends the threads; one that hangs in the system ends as soon as the system lets it go. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
