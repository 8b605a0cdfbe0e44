package dev.pharos.oauth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110 section 11.6.1).
 *
 * @param scheme as it came, for example {@code Bearer}
 * @param parameters names in lower case
 */
public record Challenge(String scheme, Map<String, String> parameters) {
  public Challenge {
    parameters = Map.copyOf(parameters);
  }

  /**
   * All challenges of all such headers of an answer; what cannot be read is left out. Never throws.
   */
  public static List<Challenge> parse(List<String> headerValues) {
    throw new UnsupportedOperationException("" + headerValues);
  }

  /** The first Bearer challenge, or null. */
  public static @Nullable Challenge bearer(List<String> headerValues) {
    throw new UnsupportedOperationException("" + headerValues);
  }

  /** The parameter of that name, or null. */
  public @Nullable String parameter(String name) {
    return parameters.get(name);
  }
}
