package dev.pharos.store;

/** There is no room to write. Nothing of the call was written; later calls may succeed again. */
public final class StoreFullException extends StoreException {
  public StoreFullException(Throwable cause) {
    this("the disk of the data folder is full: nothing can be stored until there is room", cause);
  }

  StoreFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
