package dev.pharos.http;

import dev.pharos.field.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One request and its answer, as the routes see them. */
final class Exchange {
  /** What a route does. */
  @FunctionalInterface
  interface Answering {
    void answer(Exchange exchange) throws IOException;
  }

  static final String ACTOR = "pharos.actor";

  private static final long MAX_DRAINED = 32L * 1024 * 1024;
  private static final int MAX_DEPTH = 64;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .build();

  private final Context ctx;
  private final WebSettings settings;
  private final Instant now;

  Exchange(Context ctx, WebSettings settings, Instant now) {
    this.ctx = ctx;
    this.settings = settings;
    this.now = now;
  }

  Context context() {
    return ctx;
  }

  /** When the request came. */
  Instant now() {
    return now;
  }

  /** A part of the path. */
  String part(String name) {
    return ctx.pathParam(name);
  }

  @Nullable String header(String name) {
    return ctx.header(name);
  }

  /** Who asks, for events. */
  String actor() {
    String actor = ctx.attribute(ACTOR);
    return Objects.requireNonNullElse(actor, "anonymous");
  }

  /** The query; names that are not {@code known} are mistakes. */
  Query query(String... known) {
    return Query.of(ctx.queryParamMap(), known);
  }

  /** The body as a JSON object. */
  ObjectNode object() throws IOException {
    if (!mediaType().matches("application/([\\w.-]+\\+)?json")) {
      throw new ProblemDetails(415, "unsupported_media_type", "send the body as application/json")
          .thrown();
    }
    return parse(text(settings.maxBodyBytes()));
  }

  /** The body as a JSON object, or an empty one when there is no body. */
  ObjectNode objectOrNothing() throws IOException {
    return ctx.contentLength() <= 0 && ctx.header("Transfer-Encoding") == null
        ? JSON.createObjectNode()
        : object();
  }

  private static ObjectNode parse(String text) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JacksonException e) {
      var at = e.getLocation();
      String place =
          at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
      throw bad("the body is not valid JSON" + place);
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw bad("the body must be a JSON object");
  }

  private static ProblemException bad(String message) {
    return new ProblemDetails(400, "bad_request", message)
        .with(List.of(new Problem("", message)))
        .thrown();
  }

  /** The media type of the body in lower case, without parameters; empty when none is given. */
  String mediaType() {
    String type = ctx.header("Content-Type");
    return type == null ? "" : type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** The body as UTF-8. */
  String text(int maxBytes) throws IOException {
    String coding = ctx.header("Content-Encoding");
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      throw new ProblemDetails(415, "unsupported_media_type", "send the body uncompressed")
          .thrown();
    }
    byte[] bytes =
        ctx.contentLength() > maxBytes ? null : ctx.bodyInputStream().readNBytes(maxBytes + 1);
    if (bytes == null || bytes.length > maxBytes) {
      drain();
      throw new ProblemDetails(413, "too_large", "the body is larger than " + maxBytes + " bytes")
          .thrown();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw bad("the body is not valid UTF-8");
    }
  }

  /** Reads on for a while: a client that is cut off while it sends does not see the answer. */
  private void drain() throws IOException {
    byte[] nothing = new byte[16 * 1024];
    long left = MAX_DRAINED;
    InputStream in = ctx.bodyInputStream();
    for (int read = 0; read >= 0 && left > 0; left -= read) {
      read = in.read(nothing);
    }
  }

  Exchange set(String header, String value) {
    ctx.header(header, value);
    return this;
  }

  void json(JsonNode answer) {
    json(200, answer);
  }

  void json(int status, JsonNode answer) {
    bytes(status, "application/json", Json.bytes(answer));
  }

  /** A JSON answer that is written without a tree in between. */
  void json(int status, Json.Writing answer) {
    bytes(status, "application/json", Json.bytes(answer));
  }

  void text(String type, String answer) {
    bytes(200, type, answer.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(int status, String type, byte[] answer) {
    ctx.status(status).contentType(type).result(answer);
  }

  void nothing() {
    ctx.status(204);
  }
}
