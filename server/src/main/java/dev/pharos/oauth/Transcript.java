package dev.pharos.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pharos.net.Header;
import dev.pharos.net.HttpCall;
import dev.pharos.trace.WireTap;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Tells the tap what crossed the wire on the way to a token. Hides the secrets itself: a fresh
 * token or a signed assertion is known here and nowhere else.
 */
final class Transcript {
  private static final String CHANNEL = "http";
  private static final Pattern TOKENS =
      Pattern.compile("(\"(?:access|refresh|id)_token\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*+");

  private final WireTap tap;
  private final Redaction redaction;

  Transcript(WireTap tap, Redaction redaction) {
    this.tap = tap;
    this.redaction = redaction;
  }

  void sent(URI url, HttpCall call) {
    if (!tap.listening()) {
      return;
    }
    StringBuilder text = new StringBuilder(call.method() + " " + Excerpt.of(url));
    for (Header header : call.headers()) {
      text.append('\n').append(header.name()).append(": ").append(header.value());
    }
    if (call.body().length > 0) {
      text.append("\n\n").append(new String(call.body(), UTF_8));
    }
    tap.heard(WireTap.Direction.SENT, CHANNEL, redaction.apply(text.toString()));
  }

  void received(URI url, int status, byte[] body) {
    if (!tap.listening()) {
      return;
    }
    String head = "HTTP " + status + " from " + Excerpt.of(url);
    String content = TOKENS.matcher(new String(body, UTF_8)).replaceAll("$1••••");
    tap.heard(
        WireTap.Direction.RECEIVED, CHANNEL, redaction.apply(head + "\n\n" + content).strip());
  }
}
