package dev.pharos.registry;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What a change of a definition touches. */
public enum Aspect {
  NAME,
  /** Where and how it is reached: address, command, protocol, era. */
  ADDRESS,
  CREDENTIALS,
  TIMEOUT,
  /** What it must do to be called healthy. */
  EXPECTATION,
  /** Its own intervals and thresholds. */
  RHYTHM,
  /** Description, tags, who owns the definition, and the like. */
  COSMETIC;

  /** Whether what was seen before has become doubtful, so that it is to be looked at again. */
  public boolean callsForALook() {
    return switch (this) {
      case ADDRESS, CREDENTIALS, TIMEOUT, EXPECTATION -> true;
      case NAME, RHYTHM, COSMETIC -> false;
    };
  }

  /** Decided about a server meanwhile, and told on their own. */
  private static final Set<String> DECIDED = Set.of("status", "maintenance");

  /** The aspects of fields of a server's document; empty without fields. */
  static Set<Aspect> of(Collection<String> fields) {
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    fields.stream().filter(field -> !DECIDED.contains(field)).forEach(f -> aspects.add(of(f)));
    return Set.copyOf(aspects);
  }

  private static Aspect of(String field) {
    return switch (field) {
      case "name" -> NAME;
      case "protocol", "url", "command", "args", "env", "directory", "era" -> ADDRESS;
      case "auth_type", "auth_config", "headers" -> CREDENTIALS;
      case "timeout_seconds" -> TIMEOUT;
      case "expect" -> EXPECTATION;
      case "overrides", "can_auto_enable" -> RHYTHM;
      default -> COSMETIC;
    };
  }
}
