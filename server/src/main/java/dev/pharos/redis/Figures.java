package dev.pharos.redis;

import dev.pharos.event.JournalBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Takes this node's events of no journal to the stream, soon and in small batches. Of the results
 * of looks only the newest of each server waits. While Redis is away they are given up: the next
 * look makes better ones. Offered by any thread, sent by one.
 */
final class Figures implements Worker.Job, JournalBus.Outlet {
  private static final int BATCH = 500;
  private static final int MAX_WAITING = 20_000;
  private static final Duration NAP = Duration.ofSeconds(1);

  /** So long they gather, to share a way and to be replaced by newer ones. */
  private static final Duration GATHER = Duration.ofMillis(50);

  private final String node;
  private final Alarm alarm;

  /** By server for results of looks, by themselves for others; guarded by itself. */
  private final Map<Object, StoredEvent> waiting = new LinkedHashMap<>();

  private final LongAdder sent = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private volatile boolean away;

  Figures(String node, Alarm alarm) {
    this.node = node;
    this.alarm = alarm;
  }

  long sent() {
    return sent.sum();
  }

  long dropped() {
    return dropped.sum();
  }

  @Override
  public void offer(List<StoredEvent> events) {
    synchronized (waiting) {
      for (StoredEvent each : events) {
        Object key = each.event() instanceof FleetEvent.Checked it ? it.server() : each;
        waiting.remove(key); // so that it goes to the end
        waiting.put(key, each);
      }
      giveUp(away ? BATCH : MAX_WAITING);
    }
    alarm.ring();
  }

  @Override
  public void turn(Worker worker) throws InterruptedException {
    List<StoredEvent> batch = take();
    if (batch.isEmpty() && !away) {
      worker.alarm().sleep(NAP);
      worker.alarm().rest(empty() ? Duration.ZERO : GATHER);
      return;
    }
    if (batch.isEmpty()) {
      probe(worker.wire());
    }
    int done = 0;
    try {
      done = batch.isEmpty() ? 0 : send(worker.wire(), batch);
    } finally {
      sent.add(done);
      dropped.add(batch.size() - done);
    }
    away = false;
    worker.fine();
  }

  @Override
  public void failed() {
    away = true;
    synchronized (waiting) {
      giveUp(0);
    }
  }

  private int send(Wire wire, List<StoredEvent> batch) {
    List<@Nullable Object> answers =
        wire.askAll(batch.stream().map(each -> Entry.add(each, node)).toList());
    for (Object answer : answers) {
      if (answer instanceof JedisDataException e) {
        throw e;
      }
    }
    return batch.size();
  }

  /** Asks whether Redis would take something, when there is nothing to give. */
  private static void probe(Wire wire) {
    if (wire.askAll(List.of(Entry.NONE)).getFirst() instanceof JedisDataException e
        && !String.valueOf(e.getMessage()).startsWith("ERR ")) {
      throw e;
    }
  }

  private List<StoredEvent> take() {
    synchronized (waiting) {
      List<StoredEvent> batch = new ArrayList<>(Math.min(BATCH, waiting.size()));
      Iterator<StoredEvent> oldest = waiting.values().iterator();
      while (batch.size() < BATCH && oldest.hasNext()) {
        batch.add(oldest.next());
        oldest.remove();
      }
      return batch;
    }
  }

  private boolean empty() {
    synchronized (waiting) {
      return waiting.isEmpty();
    }
  }

  /** Drops the oldest beyond so many. */
  private void giveUp(int most) {
    Iterator<StoredEvent> oldest = waiting.values().iterator();
    while (waiting.size() > most) {
      oldest.next();
      oldest.remove();
      dropped.increment();
    }
  }
}
