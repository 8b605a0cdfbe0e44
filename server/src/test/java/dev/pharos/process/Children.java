package dev.pharos.process;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.WireTap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Starts tiny programs written in shell. */
final class Children {
  static final int MAX_LINE = 64 * 1024;

  private Children() {}

  static Child shell(String script, ChildListener listener) throws FailureException {
    return start(listener, "sh", "-c", script);
  }

  static Child start(ChildListener listener, String... command) throws FailureException {
    return Child.start(spec(command), listener, WireTap.none());
  }

  static ChildSpec spec(String... command) {
    return new ChildSpec(List.of(command), Map.of(), null, MAX_LINE);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
