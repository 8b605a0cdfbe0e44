package dev.pharos.oauth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110 section 11.6.1).
 *
 * @param scheme as it came, for example {@code Bearer}
 * @param parameters names in lower case; of a name that came twice, the first
 */
public record Challenge(String scheme, Map<String, String> parameters) {
  private static final int MAX_HEADERS = 16;

  public Challenge {
    parameters = Map.copyOf(parameters);
  }

  /**
   * All challenges of all such headers of an answer; what cannot be read is left out, and so is
   * what exceeds 16 headers, 16 challenges and 32 parameters each, or 16 KiB in a header. Never
   * throws.
   */
  public static List<Challenge> parse(List<String> headerValues) {
    List<Challenge> all = new ArrayList<>();
    for (String value : headerValues.subList(0, Math.min(headerValues.size(), MAX_HEADERS))) {
      all.addAll(new ChallengeReader(value).read());
    }
    return List.copyOf(all);
  }

  /** The first Bearer challenge, or null. */
  public static @Nullable Challenge bearer(List<String> headerValues) {
    for (Challenge challenge : parse(headerValues)) {
      if (challenge.scheme().equalsIgnoreCase("Bearer")) {
        return challenge;
      }
    }
    return null;
  }

  /** The parameter of that name (in lower case), or null. */
  public @Nullable String parameter(String name) {
    return parameters.get(name);
  }
}
