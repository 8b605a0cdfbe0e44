package dev.pharos.mcp;

import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Brings answers that a reading thread finds to the calls that wait for them, on transports where
 * one stream carries everything. Thread-safe, guarded by one lock.
 */
final class Mailbox {
  private static final byte[] WAITING = {};

  /** Calls whose answers nobody waits for are few; a server that answers none makes no heap. */
  private static final int MAX_UNATTENDED = 16;

  private final Json json;
  private final Inbox inbox;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, byte[]> calls = new HashMap<>();
  private final Set<Long> unattended = new LinkedHashSet<>();
  private @Nullable FailureException closed;
  private @Nullable FailureException fault;
  private @Nullable String noise;
  private int noiseLines;
  private boolean spoken;
  private boolean stray;

  Mailbox(Json json, Inbox inbox) {
    this.json = json;
    this.inbox = inbox;
  }

  /** Announces a call before it is sent. */
  void expect(Call<?> call) {
    lock.lock();
    try {
      calls.put(call.id(), WAITING);
      fault = null;
      stray = false;
    } finally {
      lock.unlock();
    }
  }

  /** The call is given up: a late answer to it is a stray one. */
  void forget(Call<?> call) {
    lock.lock();
    try {
      calls.remove(call.id());
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits for the answer to the call, or nobody any more, but it may well come. */
  void unattended(Call<?> call) {
    lock.lock();
    try {
      calls.remove(call.id());
      if (unattended.size() < MAX_UNATTENDED) {
        unattended.add(call.id());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a message from the reading thread.
   *
   * @throws FailureException when it is no message
   */
  void deliver(byte[] message) throws FailureException {
    Envelope<Boolean> envelope = Envelope.read(json, message, 0, message.length);
    switch (envelope.kind()) {
      case REQUEST, NOTIFICATION -> inbox.take(envelope);
      case RESULT, ERROR -> answer(envelope, message);
    }
  }

  private void answer(Envelope<?> envelope, byte[] message) {
    lock.lock();
    try {
      spoken = true;
      Long id = idOf(envelope);
      if (id != null && unattended.remove(id)) {
        return;
      }
      byte[] waiting = id == null ? null : calls.get(id);
      if (id == null || waiting == null || waiting.length > 0) {
        stray = true;
      } else {
        calls.put(id, message);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** An error without an id belongs to the only call in flight. */
  private @Nullable Long idOf(Envelope<?> envelope) {
    JsonNode id = envelope.id();
    if (id != null) {
      return id.isIntegralNumber() && id.canConvertToLong() ? id.longValue() : null;
    }
    return envelope.kind() == Envelope.Kind.ERROR && calls.size() == 1
        ? calls.keySet().iterator().next()
        : null;
  }

  /**
   * What came is no message, and on this transport nothing else may come: whoever waits fails with
   * it.
   */
  void broken(FailureException what) {
    lock.lock();
    try {
      fault = what;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What came is no message, but on this transport it is skipped. */
  void noise(String line) {
    lock.lock();
    try {
      noiseLines++;
      if (noise == null) {
        noise = line;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing will come any more. */
  void close(FailureException why) {
    lock.lock();
    try {
      if (closed == null) {
        closed = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Why nothing comes any more, waiting for that news for a while; {@code otherwise} without it.
   */
  FailureException end(Look look, Duration wait, FailureException otherwise) {
    Deadline deadline = look.deadline().within(wait);
    lock.lock();
    try {
      for (long left = deadline.remainingNanos();
          closed == null && left > 0;
          left = deadline.remainingNanos()) {
        long _ = changed.awaitNanos(left);
      }
      return closed == null ? otherwise : closed;
    } catch (InterruptedException e) {
      return Pauses.interrupted();
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    lock.lock();
    try {
      return closed != null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the answer and gives it to the call. */
  void await(Call<?> call, Look look) throws FailureException {
    byte[] message = arrival(call, look);
    noteStrays(look);
    call.take(message, 0, message.length, inbox, look);
  }

  /** Gives the call its answer when that has come already. */
  boolean arrived(Call<?> call, Look look) throws FailureException {
    byte[] message;
    lock.lock();
    try {
      message = calls.get(call.id());
      if (message == null || message.length == 0) {
        return false;
      }
      calls.remove(call.id());
    } finally {
      lock.unlock();
    }
    return call.take(message, 0, message.length, inbox, look);
  }

  private byte[] arrival(Call<?> call, Look look) throws FailureException {
    lock.lock();
    try {
      while (true) {
        byte[] message = calls.get(call.id());
        if (message != null && message.length > 0) {
          calls.remove(call.id());
          return message;
        }
        if (fault != null) {
          throw fault;
        }
        if (closed != null) {
          throw closed;
        }
        long left = look.deadline().remainingNanos();
        if (left == 0) {
          throw silence(call);
        }
        long _ = changed.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
      }
    } catch (InterruptedException e) {
      throw Pauses.interrupted();
    } finally {
      lock.unlock();
    }
  }

  /** No answer in time: the most telling cause. Noise tells nothing of a server that did answer. */
  private FailureException silence(Call<?> call) {
    if (noise != null && !spoken) {
      return new FailureException(
          FailureKind.STDOUT_NOISE,
          "no answer to %s in time, but %d lines on stdout that are no messages, first: %s"
              .formatted(call.method(), noiseLines, noise));
    }
    return stray
        ? new FailureException(
            FailureKind.ID_MISMATCH,
            "no answer to " + call.method() + " in time, but one to a request that was not sent")
        : new FailureException(FailureKind.TIMEOUT, "no answer to " + call.method() + " in time");
  }

  private void noteStrays(Look look) {
    lock.lock();
    try {
      if (stray) {
        look.note(
            FindingKind.STRAY_MESSAGE,
            "an answer came to a request that was not sent, or came twice");
      }
      if (noise != null) {
        look.note(
            FindingKind.STDOUT_NOISE, "stdout carries lines that are no messages, first: " + noise);
      }
    } finally {
      lock.unlock();
    }
    inbox.note(look);
  }
}
