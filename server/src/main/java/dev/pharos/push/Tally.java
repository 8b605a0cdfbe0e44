package dev.pharos.push;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what all clients do together. Thread-safe. */
final class Tally {
  final AtomicInteger webSockets = new AtomicInteger();
  final AtomicInteger streams = new AtomicInteger();
  final LongAdder sent = new LongAdder();
  final LongAdder coalesced = new LongAdder();
  final LongAdder replayed = new LongAdder();
  final LongAdder overflows = new LongAdder();
  final LongAdder dropped = new LongAdder();

  int clients() {
    return webSockets.get() + streams.get();
  }

  PushCounts counts() {
    return new PushCounts(
        webSockets.get(),
        streams.get(),
        sent.sum(),
        coalesced.sum(),
        replayed.sum(),
        overflows.sum(),
        dropped.sum());
  }
}
