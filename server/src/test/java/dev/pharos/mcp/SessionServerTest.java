package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testing.RawPeer;
import dev.pharos.testing.RawRequest;
import dev.pharos.testing.RawServer;
import dev.pharos.trace.Era;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Servers of the session era, told by what they do behind the handshake. */
abstract class SessionServerTest extends McpTest {
  static final Known SESSION = new Known(Era.SESSION, null, true);

  /** Answers the handshake with a session id, when given, and everything else as told. */
  static Server session(String revision, @Nullable String sessionId, Server rest) {
    return (peer, request) -> {
      String message = method(request);
      if (message.equals("initialize")) {
        String body = result(request, initialized(revision));
        peer.write(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                + (sessionId == null ? "" : "Mcp-Session-Id: " + sessionId + "\r\n")
                + "Content-Length: "
                + bytes(body).length
                + "\r\n\r\n"
                + body);
      } else if (message.startsWith("notifications/")) {
        peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
      } else {
        rest.answer(peer, request);
      }
    };
  }

  static Server session(Server rest) {
    return session("2025-11-25", "the-session", rest);
  }

  static void pong(RawPeer peer, RawRequest request) throws IOException {
    json(peer, 200, result(request, "{}"));
  }

  static @Nullable RawRequest asked(RawServer server, String method) {
    return server.requests().stream()
        .filter(request -> method(request).equals(method) || request.method().equals(method))
        .findFirst()
        .orElse(null);
  }

  static @Nullable String header(RawServer server, String method, String name) {
    RawRequest request = asked(server, method);
    assertThat(request).as(method).isNotNull();
    return request == null ? null : request.header(name);
  }
}
