package dev.pharos;

import java.util.function.BooleanSupplier;

/** Closed until somebody says what opens it. Thread-safe. */
final class Gate implements BooleanSupplier {
  private volatile BooleanSupplier open = () -> false;

  void openWhile(BooleanSupplier condition) {
    open = condition;
  }

  @Override
  public boolean getAsBoolean() {
    return open.getAsBoolean();
  }
}
