package dev.pharos.watch;

import dev.pharos.fleet.Standing;
import dev.pharos.fleet.StoredEvent;
import java.util.List;

/**
 * Where looks leave their traces. Thread-safe. Throws an unchecked exception when it cannot write;
 * then nothing of the call is written.
 */
public interface CheckStore {
  /** All servers with their health, as they were last written. */
  List<Standing> standings();

  /**
   * Writes records in one transaction, in their order. Records of servers that are gone leave
   * nothing. A server's status follows its memory when that becomes active or inactive.
   *
   * @return the stored events with their ids, to be published
   */
  List<StoredEvent> write(List<CheckRecord> records);
}
