package dev.pharos.cluster;

/** Tells nodes apart from outages of the store, by another way than the store. Thread-safe. */
public interface Witness {
  /** This node has just reached the store. */
  void reached();

  /**
   * Whether no other node reaches the store either; false when that cannot be known. Blocks for a
   * second at most.
   */
  boolean nobodyReaches();

  /** Knows nothing. */
  static Witness none() {
    return new Witness() {
      @Override
      public void reached() {}

      @Override
      public boolean nobodyReaches() {
        return false;
      }
    };
  }
}
