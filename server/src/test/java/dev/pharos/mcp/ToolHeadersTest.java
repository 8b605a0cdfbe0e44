package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.net.Header;
import dev.pharos.trace.FailureException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolHeadersTest extends McpTest {
  private static String tool(String properties) {
    return "{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{"
        + properties
        + "}}}";
  }

  private static List<Header> of(String properties, String arguments) throws FailureException {
    return ToolHeaders.of(tool(properties), JSON.tree(arguments));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          "us-west1"        | us-west1
          42                | 42
          -7                | -7
          false             | false
          true              | true
          ""                | §§
          "us west 1"       | us west 1
          "Hello, 世界"      | =?base64?SGVsbG8sIOS4lueVjA==?=
          " padded "        | =?base64?IHBhZGRlZCA=?=
          " us-west1"       | =?base64?IHVzLXdlc3Qx?=
          "us-west1 "       | =?base64?dXMtd2VzdDEg?=
          "line1\\nline2"   | =?base64?bGluZTEKbGluZTI=?=
          "line1\\r\\nline2" | =?base64?bGluZTENCmxpbmUy?=
          "\\tindented"     | =?base64?CWluZGVudGVk?=
          "a\\tb"           | =?base64?YQli?=
          "~"               | ~
          "\\u007f"         | =?base64?fw==?=
          "=?base64?eA==?=" | =?base64?PT9iYXNlNjQ/ZUE9PT89?=
          """)
  void a_value_travels_plain_or_in_base64(String value, String header) throws FailureException {
    assertThat(of("\"v\":{\"type\":\"string\",\"x-mcp-header\":\"Val\"}", "{\"v\":" + value + "}"))
        .containsExactly(new Header("Mcp-Param-Val", header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"v\":null}", "{\"v\":{}}", "{\"v\":[1]}", "{\"other\":\"x\"}"})
  void what_is_absent_or_no_plain_value_has_no_header(String arguments) throws FailureException {
    assertThat(
            of(
                "\"v\":{\"type\":\"string\",\"x-mcp-header\":\"Val\"},\"other\":{\"type\":\"string\"}",
                arguments))
        .isEmpty();
  }

  @Test
  void nested_properties_have_headers_too() throws FailureException {
    assertThat(
            of(
                "\"a\":{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"integer\",\"x-mcp-header\":\"B\"}}}",
                "{\"a\":{\"b\":5},\"b\":6}"))
        .containsExactly(new Header("Mcp-Param-B", "5"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"p\":{\"type\":\"string\",\"x-mcp-header\":\"\"}",
        "\"p\":{\"type\":\"string\",\"x-mcp-header\":null}",
        "\"p\":{\"type\":\"string\",\"x-mcp-header\":5}",
        "\"p\":{\"type\":\"string\",\"x-mcp-header\":\"a b\"}",
        "\"p\":{\"type\":\"string\",\"x-mcp-header\":\"a:b\"}",
        "\"p\":{\"type\":\"string\",\"x-mcp-header\":\"é\"}",
        "\"p\":{\"type\":\"string\",\"x-mcp-header\":\"a\\t\"}",
        "\"p\":{\"type\":\"string\",\"x-mcp-header\":\"a\\n\"}",
        "\"p\":{\"type\":\"object\",\"x-mcp-header\":\"P\"}",
        "\"p\":{\"type\":\"array\",\"x-mcp-header\":\"P\"}",
        "\"p\":{\"type\":\"null\",\"x-mcp-header\":\"P\"}",
        "\"p\":{\"type\":\"number\",\"x-mcp-header\":\"P\"}",
        "\"p\":{\"type\":[\"string\",\"null\"],\"x-mcp-header\":\"P\"}",
        "\"p\":{\"x-mcp-header\":\"P\"}",
        "\"p\":{\"type\":\"string\",\"x-mcp-header\":\"P\"},\"q\":{\"type\":\"string\",\"x-mcp-header\":\"P\"}",
        "\"p\":{\"type\":\"string\",\"x-mcp-header\":\"P\"},\"q\":{\"type\":\"string\",\"x-mcp-header\":\"p\"}",
        "\"p\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"x-mcp-header\":\"P\"}}",
        "\"p\":{\"anyOf\":[{\"type\":\"string\",\"x-mcp-header\":\"P\"}]}",
        "\"p\":{\"$defs\":{\"d\":{\"type\":\"string\",\"x-mcp-header\":\"P\"}}}",
        "\"p\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\",\"x-mcp-header\":\"P\"}}",
      })
  void a_tool_with_an_invalid_annotation_is_faulty(String properties) {
    assertThat(ToolHeaders.fault(tool(properties))).isNotBlank().doesNotContain("\n", "\t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"p\":{\"type\":\"string\"}",
        "\"p\":{\"type\":\"string\",\"x-mcp-header\":\"Region-1\"}",
        "\"x-mcp-header\":{\"type\":\"string\"}",
        "\"p\":{\"type\":\"object\",\"default\":{\"x-mcp-header\":\"data\"},\"examples\":[{\"x-mcp-header\":1}]}",
      })
  void a_tool_with_valid_annotations_or_none_is_not(String properties) {
    assertThat(ToolHeaders.fault(tool(properties))).isNull();
  }

  @Test
  void a_definition_that_is_no_json_is_faulty_and_one_without_schema_is_not() {
    assertThat(ToolHeaders.fault("{")).isNotNull();
    assertThat(ToolHeaders.fault("{\"name\":\"t\"}")).isNull();
    assertThat(ToolHeaders.fault("{\"inputSchema\":{\"x-mcp-header\":\"R\"}}")).isNotNull();
  }

  @Test
  void very_many_annotations_are_judged_quickly() {
    String properties =
        IntStream.range(0, 30_000)
            .mapToObj(i -> "\"p%d\":{\"type\":\"string\",\"x-mcp-header\":\"P%d\"}".formatted(i, i))
            .collect(Collectors.joining(","));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(ToolHeaders.fault(tool(properties))).isNull());
  }
}
