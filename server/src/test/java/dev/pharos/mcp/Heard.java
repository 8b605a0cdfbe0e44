package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Remembers what a hold tells. */
final class Heard implements HoldListener {
  private final LinkedBlockingQueue<String> words = new LinkedBlockingQueue<>();

  @Override
  public void ended(String detail) {
    words.add("ended: " + detail);
  }

  @Override
  public void listChanged(ListKind kind) {
    words.add("changed: " + kind);
  }

  /** What was told next; waits for it. */
  String next() throws InterruptedException {
    @Nullable String word = words.poll(20, TimeUnit.SECONDS);
    assertThat(word).as("nothing was told").isNotNull();
    return String.valueOf(word);
  }

  /** What was told and not asked for yet. */
  java.util.List<String> rest() {
    return java.util.List.copyOf(words);
  }
}
