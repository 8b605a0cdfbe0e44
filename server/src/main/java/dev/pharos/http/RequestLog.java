package dev.pharos.http;

/** Hears of every request that was answered. Thread-safe; must not block. */
@FunctionalInterface
public interface RequestLog {
  /**
   * A request was answered.
   *
   * @param operation the operation id of its route, or {@code none}
   */
  void served(String operation, int status, long nanos);
}
