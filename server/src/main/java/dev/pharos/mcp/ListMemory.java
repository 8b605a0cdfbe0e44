package dev.pharos.mcp;

/** Recognises a list of one page that did not change. Opaque; a few hundred bytes. */
public final class ListMemory {
  private final Fingerprint fingerprint;

  ListMemory(Fingerprint fingerprint) {
    this.fingerprint = fingerprint;
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }
}
