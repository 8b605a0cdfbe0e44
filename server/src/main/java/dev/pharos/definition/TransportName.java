package dev.pharos.definition;

import dev.pharos.fleet.TransportChoice;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The clients' words for a transport. */
enum TransportName {
  STDIO(TransportChoice.AUTO),
  AUTO(TransportChoice.AUTO),
  STREAMABLE_HTTP(TransportChoice.STREAMABLE_HTTP),
  SSE(TransportChoice.SSE);

  private final TransportChoice choice;

  TransportName(TransportChoice choice) {
    this.choice = choice;
  }

  /** Of an HTTP transport. */
  TransportChoice choice() {
    return choice;
  }

  /** The transport meant by a word, or null: {@code streamableHttp}, {@code streamable-http}, …. */
  static @Nullable TransportName of(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "")) {
      case "stdio", "local" -> STDIO;
      case "http", "https", "streamablehttp" -> STREAMABLE_HTTP;
      case "sse", "httpsse", "http+sse" -> SSE;
      case "remote", "auto" -> AUTO;
      default -> null;
    };
  }
}
