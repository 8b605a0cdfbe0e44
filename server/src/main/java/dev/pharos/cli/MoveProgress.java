package dev.pharos.cli;

/** Hears how far the move of a data folder is. */
public interface MoveProgress {
  /**
   * A table begins.
   *
   * @param checking whether its rows are compared; else they are copied
   * @param done how many rows were done before
   * @param rows how many there are
   */
  void began(String table, boolean checking, long done, long rows);

  /** So many of the rows of the table are done. */
  void advanced(long done);

  /** The table is done. */
  void ended();
}
