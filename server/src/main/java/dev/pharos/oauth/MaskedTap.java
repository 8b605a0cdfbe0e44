package dev.pharos.oauth;

import dev.pharos.trace.WireTap;
import java.util.regex.Pattern;

/**
 * Passes on what it hears without the secrets of the way to a token: an encoded secret, a signed
 * assertion or a fresh token is known here and nowhere else. Thread-safe.
 */
final class MaskedTap implements WireTap {
  private static final Pattern TOKENS =
      Pattern.compile("(\"(?:access|refresh|id)_token\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*+");

  private final WireTap listener;
  private final Redaction redaction;

  MaskedTap(WireTap listener, Redaction redaction) {
    this.listener = listener;
    this.redaction = redaction;
  }

  @Override
  public void heard(Direction direction, String channel, String text) {
    String clean = redaction.apply(TOKENS.matcher(text).replaceAll("$1" + Redaction.DOTS));
    listener.heard(direction, channel, clean);
  }

  @Override
  public boolean listening() {
    return listener.listening();
  }
}
