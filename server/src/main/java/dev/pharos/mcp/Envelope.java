package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * One JSON-RPC 2.0 message, read in a single pass: who it is for, and its result through a {@link
 * ResultReader}.
 *
 * @param id what came as the id, or null when there was none or it was {@code null}
 * @param idAt position of the id's first byte in the message, with {@code idEnd} behind its last; 0
 *     when absent
 * @param resultAt likewise for the result
 * @param trailing whether other text follows the message
 */
record Envelope<T>(
    Kind kind,
    @Nullable JsonNode id,
    @Nullable String method,
    @Nullable JsonNode params,
    @Nullable T result,
    @Nullable RpcError error,
    int idAt,
    int idEnd,
    int resultAt,
    int resultEnd,
    boolean trailing) {
  enum Kind {
    RESULT,
    ERROR,
    REQUEST,
    NOTIFICATION
  }

  /** Whether this answers the request with that id: a string "1" is not the number 1. */
  boolean answers(long request) {
    return (kind == Kind.RESULT || kind == Kind.ERROR)
        && id != null
        && id.isIntegralNumber()
        && id.canConvertToLong()
        && id.longValue() == request;
  }

  /** Reads a message whose result does not matter. */
  static Envelope<Boolean> read(Json json, byte[] bytes, int offset, int length)
      throws FailureException {
    return read(
        json,
        bytes,
        offset,
        length,
        (parser, _, _) -> {
          parser.skipChildren();
          return true;
        });
  }

  /**
   * Reads a message.
   *
   * @throws FailureException when it is not UTF-8, not JSON, not JSON-RPC 2.0, or the reader
   *     refuses the result
   */
  static <T> Envelope<T> read(
      Json json, byte[] bytes, int offset, int length, ResultReader<T> reader)
      throws FailureException {
    Json.requireUtf8(bytes, offset, length);
    Json.refuseWide(bytes, offset, length);
    try (JsonParser parser = json.parser(bytes, offset, length)) {
      return new Reading<>(json, bytes, offset, reader).message(parser);
    } catch (JacksonException e) {
      throw Json.broken(e, bytes, offset, length);
    }
  }

  /** The state of one pass over a message. */
  private static final class Reading<T> {
    private final Json json;
    private final byte[] bytes;
    private final int base;
    private final ResultReader<T> reader;
    private boolean version;
    private boolean hasId;
    private boolean hasError;
    private boolean emptyResult;
    private @Nullable JsonNode id;
    private @Nullable String method;
    private @Nullable JsonNode params;
    private @Nullable T result;
    private @Nullable RpcError error;
    private int idAt;
    private int idEnd;
    private int resultAt;
    private int resultEnd;

    Reading(Json json, byte[] bytes, int base, ResultReader<T> reader) {
      this.json = json;
      this.bytes = bytes;
      this.base = base;
      this.reader = reader;
    }

    Envelope<T> message(JsonParser parser) throws FailureException {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new FailureException(FailureKind.INVALID_JSON, "the message is empty");
      }
      if (first != JsonToken.START_OBJECT) {
        throw notRpc("it is no object");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        field(name, parser);
      }
      return finish(hasTrailing(parser));
    }

    private void field(String name, JsonParser parser) throws FailureException {
      switch (name) {
        case "jsonrpc" -> {
          version =
              parser.currentToken() == JsonToken.VALUE_STRING && "2.0".equals(parser.getString());
          parser.skipChildren();
        }
        case "id" -> {
          hasId = true;
          idAt = start(parser);
          id = json.tree(parser);
          idEnd = end(parser);
        }
        case "method" -> {
          if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw notRpc("its method is no string");
          }
          method = parser.getString();
        }
        case "params" -> params = json.tree(parser);
        case "error" -> {
          hasError = parser.currentToken() != JsonToken.VALUE_NULL;
          if (hasError) {
            error = RpcError.of(json.tree(parser));
          }
        }
        case "result" -> result(parser);
        default -> parser.skipChildren();
      }
    }

    private void result(JsonParser parser) throws FailureException {
      emptyResult = parser.currentToken() == JsonToken.VALUE_NULL;
      if (emptyResult) {
        return; // beside an error, some servers say so
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new FailureException(
            FailureKind.SCHEMA_VIOLATION, "the result of the answer is no object");
      }
      resultAt = start(parser);
      result = reader.read(parser, bytes, base);
      resultEnd = end(parser);
    }

    private Envelope<T> finish(boolean trailing) throws FailureException {
      if (!version) {
        throw notRpc("it has no \"jsonrpc\":\"2.0\"");
      }
      if (method == null && emptyResult && !hasError) {
        throw new FailureException(
            FailureKind.SCHEMA_VIOLATION, "the result of the answer is null");
      }
      if (method == null && (resultEnd > 0) == hasError) {
        throw notRpc(
            hasError ? "it has a result and an error" : "it has neither result, error nor method");
      }
      JsonNode known = id == null || id.isNull() ? null : id;
      Kind kind =
          method != null
              ? hasId ? Kind.REQUEST : Kind.NOTIFICATION
              : hasError ? Kind.ERROR : Kind.RESULT;
      return new Envelope<>(
          kind, known, method, params, result, error, idAt, idEnd, resultAt, resultEnd, trailing);
    }

    private int start(JsonParser parser) {
      return base + (int) parser.currentTokenLocation().getByteOffset();
    }

    private int end(JsonParser parser) {
      return base + (int) parser.currentLocation().getByteOffset();
    }

    private static boolean hasTrailing(JsonParser parser) {
      try {
        return parser.nextToken() != null;
      } catch (JacksonException e) {
        return true;
      }
    }

    private static FailureException notRpc(String why) {
      return new FailureException(
          FailureKind.INVALID_JSONRPC, "the message is JSON but not JSON-RPC 2.0: " + why);
    }
  }
}
