package dev.pharos.mcp;

import dev.pharos.process.Child;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way to a child's stdin. A pipe that nobody reads blocks its writer, so only what surely fits
 * is written at once; more is written by a thread of its own and waited for until the deadline. A
 * writer that hangs is freed when the child is ended. Thread-safe.
 */
final class Outbox {
  /** What the pipe of any system takes in before anybody reads. */
  private static final int SURE = 4096;

  private static final long STACK_BYTES = 256 * 1024;

  private final Child child;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final Semaphore writer = new Semaphore(1);

  Outbox(Child child) {
    this.child = child;
  }

  /**
   * Writes a line.
   *
   * @return its place in all that was written, for {@link #taken}
   * @throws FailureException when the process is gone, or did not read it in time
   */
  long send(byte[] line, Deadline deadline) throws FailureException {
    long place = written.addAndGet(line.length + 1L);
    if (fits(place)) {
      child.send(line);
    } else {
      sendAside(line, deadline);
    }
    return place;
  }

  /** Writes a line, unless that could block; best effort. */
  void offer(byte[] line) {
    long place = written.addAndGet(line.length + 1L);
    try {
      if (fits(place)) {
        child.send(line);
      } else if (writer.tryAcquire()) {
        var _ = start(line);
      }
    } catch (FailureException e) {
      // The process is gone; whoever waits for an answer hears of that by itself.
    }
  }

  /** The child has answered what stands at that place: it has read all before. */
  void taken(long place) {
    taken.accumulateAndGet(place, Math::max);
  }

  private boolean fits(long place) {
    return place - taken.get() <= SURE;
  }

  private void sendAside(byte[] line, Deadline deadline) throws FailureException {
    try {
      if (!writer.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        throw unread(line);
      }
      CompletableFuture<Void> done = start(line);
      done.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw unread(line);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FailureException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw Pauses.interrupted();
    }
  }

  /**
   * A platform thread, since a write to a full pipe holds its carrier; the caller has the permit.
   */
  private CompletableFuture<Void> start(byte[] line) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("mcp-stdin")
        .stackSize(STACK_BYTES)
        .start(() -> {
          try {
            child.send(line);
            done.complete(null);
          } catch (FailureException | RuntimeException e) {
            done.completeExceptionally(e);
          } finally {
            writer.release();
          }
        });
    return done;
  }

  private static FailureException unread(byte[] line) {
    return new FailureException(
        FailureKind.TIMEOUT,
        "the process does not read its stdin: a message of "
            + line.length
            + " bytes could not be written in time");
  }
}
