package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON set-up of one conversation: bounded in depth and size. Thread-safe. */
final class Json {
  private static final JsonMapper PLAIN = JsonMapper.shared();

  private final JsonFactory factory;
  private final JsonMapper mapper;

  Json(int maxDepth, int maxBytes) {
    factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth)
                    .maxStringLength(maxBytes)
                    .build())
            .build();
    mapper = JsonMapper.builder(factory).build();
  }

  /** A JSON string literal with its quotes. */
  static String quote(String text) {
    return PLAIN.writeValueAsString(text);
  }

  /** The node as JSON. */
  static String write(JsonNode node) {
    return PLAIN.writeValueAsString(node);
  }

  JsonParser parser(byte[] bytes, int offset, int length) {
    return factory.createParser(ObjectReadContext.empty(), bytes, offset, length);
  }

  /** The whole value at which the parser stands; leaves it at the value's end. */
  JsonNode tree(JsonParser parser) {
    return mapper
        .reader()
        .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // the rest of the message follows
        .readTree(parser);
  }

  JsonNode tree(String json) throws FailureException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try {
      return mapper.readTree(bytes);
    } catch (JacksonException e) {
      throw broken(e, bytes, 0, bytes.length);
    }
  }

  /** The document, or null when it is not JSON. */
  @Nullable JsonNode treeOrNull(byte[] bytes, int offset, int length) {
    try {
      return mapper.readTree(bytes, offset, length);
    } catch (JacksonException e) {
      return null;
    }
  }

  /** What a parser's complaint means. */
  static FailureException broken(JacksonException e, byte[] bytes, int offset, int length) {
    if (e instanceof StreamConstraintsException) {
      return String.valueOf(e.getMessage()).contains("depth")
          ? new FailureException(
              FailureKind.TOO_DEEP, "the message is nested deeper than the bound", e)
          : new FailureException(
              FailureKind.OVERSIZE,
              "the message holds a name or number that is longer than is read",
              e);
    }
    if (!isUtf8(bytes, offset, length)) {
      return new FailureException(FailureKind.INVALID_UTF8, "the message is not valid UTF-8", e);
    }
    return new FailureException(
        FailureKind.INVALID_JSON,
        "the message is not JSON; it begins with: "
            + Text.line(bytes, offset, Math.min(length, 80)),
        e);
  }

  /**
   * Refuses bytes that are not UTF-8: a lenient parser lets some of them through inside strings.
   */
  static void requireUtf8(byte[] bytes, int offset, int length) throws FailureException {
    if (!isUtf8(bytes, offset, length)) {
      throw new FailureException(FailureKind.INVALID_UTF8, "the message is not valid UTF-8");
    }
  }

  /**
   * Refuses UTF-16 and UTF-32 without a mark: ASCII text in them is valid UTF-8 full of zeros, and
   * the parser would guess right, but then knows no byte positions.
   */
  static void refuseWide(byte[] bytes, int offset, int length) throws FailureException {
    for (int i = offset; i < offset + Math.min(length, 4); i++) {
      if (bytes[i] == 0) {
        throw new FailureException(
            FailureKind.INVALID_UTF8, "the message is UTF-16 or UTF-32 instead of UTF-8");
      }
    }
  }

  private static boolean isUtf8(byte[] bytes, int offset, int length) {
    boolean ascii = true;
    for (int i = offset; i < offset + length; i++) {
      ascii &= bytes[i] >= 0;
    }
    if (ascii) {
      return true;
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, offset, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
