package dev.pharos.testing;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An event stream that is held open; any thread may put frames on it. */
final class FakeStream {
  private static final int TICK_MILLIS = 50;

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private volatile boolean over;

  void message(String json) {
    frames.add("event: message\ndata: " + json + "\n\n");
  }

  void end() {
    over = true;
  }

  /** Writes what is put until the stream is ended or the client hangs up. */
  void pump(RawPeer peer) throws IOException {
    try {
      while (!over || !frames.isEmpty()) {
        String frame = frames.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        peer.chunk(frame == null ? ":\n\n" : frame); // only by writing is a hang-up seen
      }
      peer.chunk("");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
