package dev.pharos.process;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what a child did. */
final class Recording implements ChildListener {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  final AtomicInteger oversize = new AtomicInteger();
  final AtomicInteger endings = new AtomicInteger();
  final AtomicInteger linesAfterEnd = new AtomicInteger();
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();

  @Override
  public void line(byte[] line) {
    if (exit.isDone()) {
      linesAfterEnd.incrementAndGet();
    }
    lines.add(new String(line, StandardCharsets.UTF_8));
  }

  @Override
  public void oversizeLine() {
    oversize.incrementAndGet();
  }

  @Override
  public void ended(Exit how, String stderrTail) {
    endings.incrementAndGet();
    exit.complete(how);
  }

  String nextLine() throws InterruptedException {
    String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("no line came");
    }
    return line;
  }

  boolean hasEnded() {
    return exit.isDone();
  }

  Exit exit() throws InterruptedException, ExecutionException, TimeoutException {
    return exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
