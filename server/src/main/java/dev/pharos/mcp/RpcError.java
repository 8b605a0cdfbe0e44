package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON-RPC error object.
 *
 * @param data as it came, or null
 */
record RpcError(int code, String message, @Nullable JsonNode data) {
  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;
  static final int INTERNAL_ERROR = -32603;
  static final int UNSUPPORTED_VERSION = -32022;
  static final int HEADER_MISMATCH = -32020;

  /** Reads an error object. */
  static RpcError of(JsonNode error) throws FailureException {
    if (!error.isObject()) {
      throw new FailureException(
          FailureKind.INVALID_JSONRPC, "the error of the answer is not an object");
    }
    JsonNode code = error.get("code");
    if (code == null || !code.isIntegralNumber() || !code.canConvertToInt()) {
      throw new FailureException(
          FailureKind.INVALID_JSONRPC, "the error of the answer has no integer code");
    }
    JsonNode message = error.get("message");
    return new RpcError(
        code.intValue(),
        message != null && message.isString() ? Text.line(message.stringValue()) : "",
        error.get("data"));
  }

  /** The versions that the server names in the error's data; empty when it names none. */
  List<String> supportedVersions() {
    List<String> versions = new ArrayList<>();
    JsonNode supported = data == null ? null : data.get("supported");
    if (supported != null && supported.isArray()) {
      for (JsonNode version : supported) {
        if (version.isString() && versions.size() < 32) {
          versions.add(version.stringValue());
        }
      }
    }
    return versions;
  }

  /** Whether it speaks of the method or its parameters, not of who asks or how. */
  boolean blamesRequest() {
    return code == METHOD_NOT_FOUND || code == INVALID_PARAMS || code == INTERNAL_ERROR;
  }

  /** For a person: {@code error -32601: Method not found}. */
  String describe() {
    return message.isEmpty() ? "error " + code : "error " + code + ": " + message;
  }
}
