package dev.pharos.conformance;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario of the suite that a client of our kind can pass.
 *
 * @param revision the revision to run it at; null leaves it to the suite, which skips extension
 *     scenarios when a revision is named
 */
record Scenario(String name, @Nullable String revision) {
  static final String SESSION = "2025-11-25";
  static final String STATELESS = "2026-07-28";

  static Stream<Scenario> all() {
    return Stream.of(
        new Scenario("initialize", SESSION),
        new Scenario("tools_call", SESSION),
        new Scenario("tools_call", STATELESS),
        new Scenario("sse-retry", SESSION),
        new Scenario("request-metadata", STATELESS),
        new Scenario("http-standard-headers", STATELESS),
        new Scenario("http-custom-headers", STATELESS),
        new Scenario("http-invalid-tool-headers", STATELESS),
        new Scenario("json-schema-ref-no-deref", STATELESS),
        new Scenario("auth/client-credentials-basic", null),
        new Scenario("auth/client-credentials-jwt", null),
        new Scenario("auth/pre-registration", SESSION));
  }

  @Override
  public String toString() {
    return revision == null ? name : name + " at " + revision;
  }
}
