package dev.pharos.field;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLReadFeature;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** YAML, and JSON as the part of it that it is. */
public final class YamlText {
  private static final int MAX_CHARS = 8 * 1024 * 1024;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(YAMLReadFeature.EMPTY_DOCUMENT_AS_EMPTY_OBJECT)
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private YamlText() {}

  /** The tree of one document; an empty text is an empty object. */
  public static JsonNode read(String text) throws UnreadableException {
    if (text.length() > MAX_CHARS) {
      throw new UnreadableException("is larger than 8 MiB");
    }
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      refuseAliases(plain);
      return MAPPER.readTree(plain);
    } catch (JacksonException e) {
      throw new UnreadableException(syntaxError(e.getLocation()));
    }
  }

  /** They would be read as plain words, and a bomb is made of them. */
  private static void refuseAliases(String text) throws UnreadableException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
          throw new UnreadableException(
              "uses an alias (*name) at line "
                  + parser.currentLocation().getLineNr()
                  + ": write the value out");
        }
      }
    }
  }

  /** Says where; the parser's own words are left out, since they may quote a secret. */
  private static String syntaxError(TokenStreamLocation at) {
    return at.getLineNr() < 1
        ? "is not valid YAML"
        : "is not valid YAML at line "
            + at.getLineNr()
            + ", column "
            + at.getColumnNr()
            + ": look for wrong indentation, a missing quote or a doubled key there";
  }

  /** The text of a tree. */
  public static String write(JsonNode tree) {
    return MAPPER.writeValueAsString(tree);
  }
}
