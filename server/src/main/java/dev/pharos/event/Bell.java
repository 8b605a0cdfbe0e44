package dev.pharos.event;

/**
 * Rings when something may have changed in a place that others write to. It rings too often rather
 * than too seldom: at least once a second, and after whatever it may have missed.
 */
public interface Bell extends AutoCloseable {
  /**
   * Begins to listen; called once.
   *
   * @param rung called by the bell's thread, never twice at once; must not throw
   */
  void listen(Runnable rung);

  @Override
  void close();
}
