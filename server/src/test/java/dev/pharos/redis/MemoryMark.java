package dev.pharos.redis;

import java.util.OptionalLong;

/** A mark in memory. Thread-safe: guarded by itself. */
final class MemoryMark implements RelayMark {
  private OptionalLong mark = OptionalLong.empty();

  @Override
  public synchronized OptionalLong read() {
    return mark;
  }

  @Override
  public synchronized void write(long id) {
    mark = OptionalLong.of(id);
  }
}
