package dev.pharos.field;

import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLReadFeature;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** YAML, and JSON as the part of it that it is. */
public final class YamlText {
  private static final int MAX_CHARS = 8 * 1024 * 1024;

  private static final YAMLMapper MAPPER = mapper(YAMLFactory.builder().build());

  private YamlText() {}

  private static YAMLMapper mapper(YAMLFactory factory) {
    return YAMLMapper.builder(factory)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(YAMLReadFeature.EMPTY_DOCUMENT_AS_EMPTY_OBJECT)
        .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
        .disable(YAMLWriteFeature.SPLIT_LINES)
        .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
        .build();
  }

  /**
   * A mapper whose window is larger than the text: the parser below loses its place when the edge
   * of its window falls between the two halves of a character beyond the basic plane.
   */
  private static YAMLMapper reader(String text) {
    LoadSettings settings = LoadSettings.builder().setBufferSize(text.length() + 2).build();
    return mapper(YAMLFactory.builder().loadSettings(settings).build());
  }

  /** The tree of one document; an empty text is an empty object. */
  public static JsonNode read(String text) throws UnreadableException {
    if (text.length() > MAX_CHARS) {
      throw new UnreadableException("is larger than 8 MiB");
    }
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      YAMLMapper reader = reader(plain);
      refuseAliases(plain, reader);
      return reader.readTree(plain);
    } catch (JacksonException e) {
      throw new UnreadableException(syntaxError(e.getLocation()));
    }
  }

  /** They would be read as plain words, and a bomb is made of them. */
  private static void refuseAliases(String text, YAMLMapper reader) throws UnreadableException {
    try (JsonParser parser = reader.createParser(text)) {
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
