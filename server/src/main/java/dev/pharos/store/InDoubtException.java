package dev.pharos.store;

/** The connection was lost at the end of a transaction: it may have been written whole, or not. */
final class InDoubtException extends StoreException {
  private final transient Doubt doubt;

  InDoubtException(Doubt doubt, Throwable cause) {
    super(
        "the connection to the database was lost while it wrote: whether it did is seen when it is"
            + " back",
        cause);
    this.doubt = doubt;
  }

  Doubt doubt() {
    return doubt;
  }
}
