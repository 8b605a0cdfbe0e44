package dev.pharos.store;

/**
 * A transaction whose end was asked for and never answered: it is settled before the next one
 * begins. Guarded by the lock of the database.
 */
final class Doubt {
  private final long token;
  private Runnable late = () -> {};

  /**
   * @param token what the transaction wrote under the writer's name
   */
  Doubt(long token) {
    this.token = token;
  }

  long token() {
    return token;
  }

  /** What to run when it turns out that the transaction was committed. */
  void whenCommitted(Runnable then) {
    late = then;
  }

  void committed() {
    late.run();
  }
}
