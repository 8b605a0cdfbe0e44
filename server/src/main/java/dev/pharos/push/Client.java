package dev.pharos.push;

import dev.pharos.event.EventJournal;
import dev.pharos.fleet.StoredEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the feed. Its thread first finds its place in the journal, reads from there, and
 * goes over to live events when it has caught up; when its queue overflows it does so again. So no
 * journal event is left out and none is sent twice, however slow the client is.
 */
final class Client {
  /** Normal closure and its kin: RFC 6455 section 7.4.1. */
  static final int GOING_AWAY = 1001;

  static final int POLICY = 1008;
  static final int INTERNAL_ERROR = 1011;
  static final int TRY_AGAIN_LATER = 1013;

  private static final Logger LOG = LoggerFactory.getLogger(Client.class);
  private static final int BATCH = 256;

  /** How long the journal may lag behind the feed before it is asked again. */
  private static final Duration LAG = Duration.ofMillis(50);

  private final EventJournal journal;
  private final PushSettings settings;
  private final Tally tally;
  private final Sink sink;
  private final Wanted wanted;
  private final @Nullable Long cursor;
  private final BooleanSupplier admitted;
  private final Outbox outbox;
  private volatile boolean dismissed;

  /** The last journal event that was sent, or passed over because it is not wanted. */
  private long position;

  Client(
      EventJournal journal,
      PushSettings settings,
      Tally tally,
      Sink sink,
      Wanted wanted,
      @Nullable Long cursor,
      BooleanSupplier admitted) {
    this.journal = journal;
    this.settings = settings;
    this.tally = tally;
    this.sink = sink;
    this.wanted = wanted;
    this.cursor = cursor;
    this.admitted = admitted;
    this.outbox = new Outbox(settings.queue(), tally);
  }

  /** Called by publishers; never waits. */
  void offer(List<Message> messages) {
    outbox.offer(messages, wanted);
  }

  /** Ends the client's thread soon. */
  void end() {
    outbox.end();
  }

  /** Sends the client away when it may not listen any more. */
  void review() {
    if (!dismissed && !admitted.getAsBoolean()) {
      dismissed = true;
      end();
    }
  }

  /** Serves the client until it goes or is sent away. */
  void run() {
    try {
      greet();
      while (!outbox.ended()) {
        step();
      }
      if (dismissed) {
        sink.close(POLICY, "the session has ended");
      } else {
        sink.close(GOING_AWAY, "the monitor is being stopped");
      }
    } catch (TooSlowException e) {
      tally.dropped.increment();
      sink.close(TRY_AGAIN_LATER, "too slow: come back with your cursor");
    } catch (IOException e) {
      // The client went: nobody is left to be told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The journal cannot be read, most likely; the client may try again.
      LOG.atError().setCause(e).log("a client of the live feed could not be served");
      sink.close(INTERNAL_ERROR, "the monitor has a fault");
    }
  }

  private void greet() throws IOException, InterruptedException {
    long newest = journal.newest();
    boolean lost = cursor != null && (cursor > newest || cursor < journal.oldest() - 1);
    position = cursor == null || lost ? newest : cursor;
    sink.send(0, "{\"type\":\"hello\",\"cursor\":" + position + "}");
    if (lost) {
      reset();
    }
  }

  private void reset() throws IOException, InterruptedException {
    sink.send(0, "{\"type\":\"reset\",\"cursor\":" + position + "}");
  }

  private void step() throws IOException, InterruptedException {
    if (outbox.behind()) {
      catchUp();
      return;
    }
    Message message = outbox.take(settings.keepAlive());
    if (message != null) {
      send(message);
    } else if (!outbox.behind() && !outbox.ended()) {
      sink.keepAlive(position);
    }
  }

  private void catchUp() throws IOException, InterruptedException {
    while (!outbox.ended()) {
      if (position < journal.oldest() - 1) {
        // It slept for so long that the journal was cut in front of it.
        position = journal.newest();
        reset();
      }
      List<StoredEvent> events = journal.after(position, EventJournal.Filter.ALL, BATCH);
      for (StoredEvent event : events) {
        replay(event);
      }
      if (events.size() < BATCH && outbox.live(position)) {
        return;
      }
      if (events.isEmpty()) {
        outbox.rest(LAG);
      }
    }
  }

  private void replay(StoredEvent event) throws IOException, InterruptedException {
    if (outbox.ended()) {
      return;
    }
    if (wanted.accepts(event.event())) {
      sink.send(event.id(), Message.of(event).json());
      tally.sent.increment();
      tally.replayed.increment();
    }
    position = event.id();
  }

  private void send(Message message) throws IOException, InterruptedException {
    if (message.journaled() && message.id() <= position) {
      return;
    }
    sink.send(message.id(), message.json());
    tally.sent.increment();
    if (message.journaled()) {
      position = message.id();
    }
  }
}
