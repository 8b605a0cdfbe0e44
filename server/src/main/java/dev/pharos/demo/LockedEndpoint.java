package dev.pharos.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/** Lets only those in who bring the token. */
final class LockedEndpoint implements HttpHandler {
  private final String token;
  private final HttpHandler behind;

  LockedEndpoint(String token, HttpHandler behind) {
    this.token = token;
    this.behind = behind;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String given = Http.header(exchange, "Authorization");
    if (("Bearer " + token).equals(given)) {
      behind.handle(exchange);
      return;
    }
    try (exchange) {
      String error = given == null ? "" : ", error=\"invalid_token\"";
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"vault\"" + error);
      Http.refuse(exchange, 401);
    }
  }
}
