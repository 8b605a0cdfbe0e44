package dev.pharos.redis;

import java.util.OptionalLong;

/**
 * Remembers, beside the journal, about how far it was relayed: for a Redis that has forgotten.
 * Thread-safe. May throw when the database is away.
 */
public interface RelayMark {
  /** The last id that was written; empty when none ever was. */
  OptionalLong read();

  void write(long id);
}
