package dev.pharos.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** Headers of every answer: a browser takes nothing from elsewhere and shows us in no frame. */
final class SafetyHeaders {
  private static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
              + " object-src 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private SafetyHeaders() {}

  static void put(HttpServletResponse response) {
    ALL.forEach(response::setHeader);
  }

  static Map<String, String> all() {
    return ALL;
  }
}
