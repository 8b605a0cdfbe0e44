package dev.pharos.definition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a file's bytes to its JSON tree, with the leniency of the clients' own readers. */
final class ConfigText {
  /** A client may keep its whole history beside its servers. */
  private static final int MAX_BYTES = 32 * 1024 * 1024;

  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private ConfigText() {}

  static String read(Path file) throws UnusableFileException {
    refuseOtherFormats(file);
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new UnusableFileException("there is no such file");
    } catch (IOException e) {
      throw new UnusableFileException(
          Files.isDirectory(file)
              ? "is a folder: name the file in it"
              : "cannot be read: check its permissions");
    }
    if (bytes.length > MAX_BYTES) {
      throw new UnusableFileException("is larger than 32 MiB: this is no file of an MCP client");
    }
    return decode(bytes);
  }

  private static void refuseOtherFormats(Path file) throws UnusableFileException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    String format =
        name.endsWith(".toml")
            ? "TOML"
            : name.endsWith(".yaml") || name.endsWith(".yml") ? "YAML" : null;
    if (format != null) {
      throw new UnusableFileException(
          "is "
              + format
              + ", which is not read yet: write the servers as JSON, for example {\"mcpServers\":"
              + " {\"name\": {\"url\": \"https://…\"}}}");
    }
  }

  private static String decode(byte[] bytes) throws UnusableFileException {
    Charset charset = StandardCharsets.UTF_8;
    if (startsWith(bytes, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
    } else if (startsWith(bytes, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnusableFileException("is not UTF-8 text: save it as UTF-8");
    }
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  /** The tree of a text that may begin with a byte order mark. */
  static JsonNode json(String text) throws UnusableFileException {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (plain.isBlank()) {
      throw new UnusableFileException("is empty");
    }
    try {
      return LENIENT.readTree(plain);
    } catch (JacksonException e) {
      throw new UnusableFileException(syntaxError(e.getLocation(), plain));
    }
  }

  /** Says where; the parser's own words are left out, since they may quote a secret. */
  private static String syntaxError(TokenStreamLocation at, String text) {
    if (at.getLineNr() < 1) {
      return "is not valid JSON";
    }
    String where =
        "is not valid JSON at line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    if (at.getCharOffset() >= text.length()) {
      return where + "the text ends too early; a closing brace or quote is missing";
    }
    return where + "look for a missing or doubled comma, quote, colon or bracket there";
  }
}
