package dev.pharos.store;

import dev.pharos.watch.CheckRecord;
import java.util.List;
import java.util.function.LongPredicate;
import org.jdbi.v3.core.Handle;

/** Which servers a transaction may write of: those that others cannot write of meanwhile. */
sealed interface Fence permits OpenFence, RowFence {
  /**
   * Keeps the rows of the records' servers to this transaction, as far as they are ours, and has
   * the recollection forget what others have written of them.
   *
   * @return which servers are ours, by id
   */
  LongPredicate hold(Handle handle, List<CheckRecord> records, Recollection recollection);

  /** The same for one server: whether it is there and ours. */
  boolean holds(Handle handle, long server);
}
