package dev.pharos.trace;

/** The tap nobody listens to. */
enum NoTap implements WireTap {
  INSTANCE;

  @Override
  public void heard(Direction direction, String channel, String text) {
    // Nobody listens.
  }

  @Override
  public boolean listening() {
    return false;
  }
}
