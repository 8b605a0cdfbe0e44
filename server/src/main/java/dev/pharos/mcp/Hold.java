package dev.pharos.mcp;

/** A held stream or process. Thread-safe. */
public interface Hold extends AutoCloseable {
  /** Whether it still stands. */
  boolean open();

  /** Lets go, without telling the listener. Never throws. */
  @Override
  void close();
}
