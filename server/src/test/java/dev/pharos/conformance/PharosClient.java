package dev.pharos.conformance;

import dev.pharos.fleet.Credentials;
import java.net.URI;

/** Our client, as the scenarios use it. */
final class PharosClient {
  private PharosClient() {}

  static ScenarioClient open(URI url, String revision, Credentials credentials) {
    throw new UnsupportedOperationException("" + url + revision + credentials);
  }
}
