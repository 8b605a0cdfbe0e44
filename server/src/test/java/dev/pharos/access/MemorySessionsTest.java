package dev.pharos.access;

class MemorySessionsTest extends SessionStoreContract {
  @Override
  protected SessionStore store() {
    return new MemorySessions();
  }
}
