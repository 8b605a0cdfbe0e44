package dev.pharos.store;

import java.time.InstantSource;

/** The stores on one database, whichever it is. */
record SqlStores(
    SqlCheckStore checks,
    SqlServerStore servers,
    SqlEventJournal events,
    SqlHistoryStore history,
    SqlCapabilityStore capabilities,
    SqlConfigStore config,
    SqlRetention retention) {
  static SqlStores on(
      Database database,
      ServerRows rows,
      Recollection recollection,
      Fence fence,
      LogKeeper log,
      InstantSource clock) {
    return new SqlStores(
        new SqlCheckStore(database, rows, recollection, fence, log),
        new SqlServerStore(database, rows, recollection),
        new SqlEventJournal(database),
        new SqlHistoryStore(database, clock),
        new SqlCapabilityStore(database, fence),
        new SqlConfigStore(database),
        new SqlRetention(database, log));
  }
}
