package dev.pharos.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One request to a {@link FakeMcpServer}, in the hands of what answers it. */
public final class FakeExchange {
  private final FakeMcpServer server;
  private final RawPeer peer;
  private final RawRequest request;
  private final JsonNode message;
  private final @Nullable FakeStream stream;
  private final List<String> headers = new ArrayList<>();

  /**
   * @param stream where answers go on the old transport, or null
   */
  FakeExchange(
      FakeMcpServer server, RawPeer peer, RawRequest request, @Nullable FakeStream stream) {
    this.server = server;
    this.peer = peer;
    this.request = request;
    this.stream = stream;
    this.message =
        JsonMapper.shared().readTree(request.body().startsWith("{") ? request.body() : "{}");
  }

  /** The connection itself, for answers that are not as they should be. */
  public RawPeer peer() {
    return peer;
  }

  public RawRequest request() {
    return request;
  }

  /** The path without the query. */
  public String path() {
    String target = request.line().split(" ", -1)[1];
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The JSON-RPC method of a POST, {@code response} for an answer, else the HTTP method. */
  public String method() {
    return request.method().equals("POST")
        ? message.path("method").asString("response")
        : request.method();
  }

  /** The request's id as JSON, {@code null} for a notification. */
  public String id() {
    JsonNode id = message.get("id");
    return id == null ? "null" : id.toString();
  }

  public JsonNode params() {
    return message.path("params");
  }

  /** Adds a header line to the answer. */
  public FakeExchange header(String line) {
    headers.add(line);
    return this;
  }

  /** Answers with a result, in the server's way: JSON, events, or on the old transport's stream. */
  public void result(String json) throws IOException {
    send("{\"jsonrpc\":\"2.0\",\"id\":" + id() + ",\"result\":" + json + "}");
  }

  /** Answers with a JSON-RPC error, in the server's way. */
  public void error(int code, String text) throws IOException {
    send(errorBody(code, text));
  }

  String errorBody(int code, String text) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
        .formatted(id(), code, text);
  }

  /** Answers with messages, several of them as events; {@code {id}} stands for the request's id. */
  public void send(String... messages) throws IOException {
    if (stream == null && !server.speaksInEvents() && messages.length == 1) {
      answer(200, "application/json", filled(messages[0]));
      return;
    }
    begin();
    for (String each : messages) {
      message(each);
    }
    end();
  }

  /** Answers with a status and a body. */
  public void answer(int status, String contentType, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    head(status, "Content-Type: " + contentType, "Content-Length: " + bytes.length);
    peer.write(bytes);
  }

  /** Sends the head of an answer with the headers added so far. */
  public void head(int status, String... more) throws IOException {
    List<String> lines = new ArrayList<>(List.of("HTTP/1.1 " + status + " Any"));
    lines.addAll(headers);
    lines.addAll(List.of(more));
    peer.write(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /** Starts an answer of events. */
  public void begin() throws IOException {
    if (stream != null) {
      answer(202, "text/plain", "Accepted");
      return;
    }
    head(200, "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
    if (server.primes()) {
      event("id: 1\ndata:\n\n");
    }
  }

  /** Sends text on the started stream, as it is. */
  public void event(String frame) throws IOException {
    peer.chunk(frame);
  }

  /** Sends a message on the started stream. */
  public void message(String json) throws IOException {
    if (stream == null) {
      event("event: message\ndata: " + filled(json) + "\n\n");
    } else {
      stream.message(filled(json));
    }
  }

  /** Sends a request of the server's on the started stream and waits for the client's answer. */
  public String ask(String method) throws IOException {
    return server.ask(method, this);
  }

  /** Ends the started stream. */
  public void end() throws IOException {
    if (stream == null) {
      peer.chunk("");
    }
  }

  private String filled(String json) {
    return json.replace("{id}", id());
  }
}
