package dev.pharos.registry;

/** A server of that name is registered already. */
public final class NameTaken extends RuntimeException {
  public NameTaken(String name) {
    super("a server named \"" + name + "\" is registered already");
  }
}
