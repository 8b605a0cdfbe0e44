package dev.pharos.cluster;

class MemoryRefreshesTest extends RefreshStoreContract {
  @Override
  protected RefreshStore store() {
    return RefreshStore.alone();
  }
}
