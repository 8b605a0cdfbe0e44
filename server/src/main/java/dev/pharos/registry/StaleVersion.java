package dev.pharos.registry;

/** The definition was edited by somebody else meanwhile. */
public final class StaleVersion extends RuntimeException {
  public StaleVersion(String name, long stored) {
    super("\"" + name + "\" was edited meanwhile: its version is " + stored);
  }
}
