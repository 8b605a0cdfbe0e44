package dev.pharos.mcp;

import java.util.List;

/**
 * A 401 or 403.
 *
 * @param challenges the values of all {@code WWW-Authenticate} headers
 * @param body its beginning, as one line
 */
public record Refusal(int status, List<String> challenges, String body) {
  public Refusal {
    challenges = List.copyOf(challenges);
  }
}
