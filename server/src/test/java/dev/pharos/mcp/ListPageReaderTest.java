package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListPageReaderTest extends McpTest {
  private final Look look = look();

  private ListPage read(ListKind kind, String result) throws FailureException {
    byte[] message = bytes("··{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}");
    Envelope<ListPage> envelope =
        Envelope.read(JSON, message, 4, message.length - 4, new ListPageReader(kind, 20, look));
    return Objects.requireNonNull(envelope.result());
  }

  private ListPage tools(String result) throws FailureException {
    return read(ListKind.TOOLS, result);
  }

  private List<FindingKind> findings(String tool) throws FailureException {
    tools("{\"tools\":[" + tool + "]}");
    return kinds(look);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"a\",\"inputSchema\":{}}",
        "{ \"inputSchema\" : { \"type\":\"object\" } ,\n\t\"name\" : \"a\" }",
        "{\"name\":\"\\u0061\",\"inputSchema\":{},\"n\":1.0,\"e\":1E5,\"s\":\"\\/é😀\"}",
        "{\"x\":{\"name\":\"b\",\"tools\":[]},\"name\":\"a\",\"inputSchema\":{}}",
      })
  void an_item_keeps_its_own_text(String item) throws FailureException {
    ListPage page = tools("{\"tools\": [ " + item + " , " + item.replace("\"a\"", "\"ä\"") + "]}");
    assertThat(page.items()).hasSize(2);
    assertThat(page.items().getFirst().json()).isEqualTo(item);
    assertThat(page.items().getLast().json()).isEqualTo(item.replace("\"a\"", "\"ä\""));
    assertThat(page.items().getFirst().key()).isEqualTo("a");
  }

  @Test
  void title_and_description_are_read_when_they_are_text() throws FailureException {
    ListPage page =
        tools(
            "{\"tools\":[{\"name\":\"a\",\"title\":\"T\",\"description\":\"d\\n\",\"inputSchema\":{}},{\"name\":\"b\",\"title\":5,\"description\":{\"x\":1},\"inputSchema\":{}}]}");
    assertThat(page.items().getFirst())
        .extracting(ListedItem::title, ListedItem::description)
        .containsExactly("T", "d\n");
    assertThat(page.items().getLast())
        .extracting(ListedItem::title, ListedItem::description)
        .containsOnlyNulls();
  }

  @Test
  void half_characters_do_not_get_through() throws FailureException {
    ListedItem item =
        tools("{\"tools\":[{\"name\":\"a\\ud800\",\"inputSchema\":{}}]}").items().getFirst();
    assertThat(item.key()).isEqualTo("a?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      quoteCharacter = '§',
      textBlock =
          """
          {"tools":[]}                              | none
          {"tools":[],"nextCursor":null}            | none
          {"tools":[],"nextCursor":""}              | §§
          {"nextCursor":"c\\u00e9","tools":[]}      | cé
          {"_meta":{"nextCursor":"no"},"tools":[]}  | none
          """)
  void the_cursor_is_opaque_and_an_empty_one_counts(String result, @Nullable String cursor)
      throws FailureException {
    assertThat(tools(result).nextCursor()).isEqualTo(cursor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"tools\":null}",
        "{\"tools\":{}}",
        "{\"tools\":[5]}",
        "{\"tools\":[null]}",
        "{\"tools\":[[]]}",
        "{\"tools\":[{\"title\":\"x\"}]}",
        "{\"tools\":[{\"name\":5}]}",
        "{\"tools\":[],\"nextCursor\":5}",
        "{\"resources\":[]}",
      })
  void what_is_no_page_breaks_the_schema(String result) {
    FailureException failure = failureOf(() -> tools(result));
    assertThat(failure.kind()).isEqualTo(FailureKind.SCHEMA_VIOLATION);
    assertThat(failure.detail()).contains("tools/list");
  }

  @Test
  void a_cursor_and_the_items_are_bounded() throws FailureException {
    assertThat(kindOf(() -> tools("{\"tools\":[],\"nextCursor\":\"" + "c".repeat(70_000) + "\"}")))
        .isEqualTo(FailureKind.SCHEMA_VIOLATION);
    String item = "{\"name\":\"a\",\"inputSchema\":{}}";
    assertThat(tools("{\"tools\":[" + (item + ",").repeat(19) + item + "]}").items()).hasSize(20);
    assertThat(kindOf(() -> tools("{\"tools\":[" + (item + ",").repeat(20) + item + "]}")))
        .isEqualTo(FailureKind.LIST_TOO_LONG);
  }

  @ParameterizedTest
  @CsvSource({
    "TOOLS, tools, name",
    "PROMPTS, prompts, name",
    "RESOURCES, resources, uri",
    "RESOURCE_TEMPLATES, resourceTemplates, uriTemplate",
  })
  void each_list_has_its_own_key(ListKind kind, String field, String key) throws FailureException {
    String item = "{\"" + key + "\":\"the-key\",\"inputSchema\":{}}";
    assertThat(read(kind, "{\"" + field + "\":[" + item + "]}").items())
        .containsExactly(new ListedItem("the-key", null, null, item));
    assertThat(look.findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          {"name":"a"}                                                        | TOOL_SCHEMA
          {"name":"a","inputSchema":null}                                     | TOOL_SCHEMA
          {"name":"a","inputSchema":"x"}                                      | TOOL_SCHEMA
          {"name":"","inputSchema":{}}                                        | ODD_NAME
          {"name":"a b","inputSchema":{}}                                     | ODD_NAME
          {"name":"é","inputSchema":{}}                                       | ODD_NAME
          {"name":"a","inputSchema":{}},{"name":"a","inputSchema":{}}         | DUPLICATE_NAME
          {"name":"a","inputSchema":{},"description":"x\\u200by"}             | HIDDEN_UNICODE
          {"name":"a","inputSchema":{"properties":{"p\u202e":{}}}}            | HIDDEN_UNICODE
          {"name":"a","inputSchema":{},"x":"\\udb40\\udc41"}                  | HIDDEN_UNICODE
          {"name":"a","inputSchema":{},"x":"\\u001b[8m"}                      | HIDDEN_UNICODE
          {"name":"a","inputSchema":{},"x":"\\b"}                             | HIDDEN_UNICODE
          {"name":"a","inputSchema":{"properties":{"p":{"type":"object","x-mcp-header":"P"}}}} | TOOL_HEADER
          """)
  void what_is_odd_about_a_tool_is_noted(String tool, FindingKind kind) throws FailureException {
    assertThat(findings(tool)).containsExactly(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"A_b-1.c\",\"inputSchema\":{\"type\":\"object\"},\"description\":\"é \\u00e9 \\n\\t\\\"\"}",
        "{\"name\":\"a\",\"inputSchema\":{},\"description\":\"👩‍💻 می‌خواهم\"}",
        "{\"name\":\"a\",\"inputSchema\":{\"properties\":{\"p\":{\"type\":\"string\",\"x-mcp-header\":\"P\"}}}}",
      })
  void honest_tools_are_not_noted(String tool) throws FailureException {
    assertThat(findings(tool)).isEmpty();
  }

  @Test
  void an_answer_to_something_else_leaves_nothing_behind() throws FailureException {
    CannedLink link =
        new CannedLink()
            .then(
                "[{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{\"tools\":[{\"name\":\"a\",\"inputSchema\":{}}],\"nextCursor\":\"stray\"}},"
                    + "{\"jsonrpc\":\"2.0\",\"id\":98,\"result\":{\"odd\":1}},"
                    + "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"tools\":[{\"name\":\"a\",\"inputSchema\":{}}]}}]");
    Listing listing =
        link.conversation(dev.pharos.trace.Era.SESSION).list(ListKind.TOOLS, null, look);
    assertThat(listing.items()).hasSize(1);
    assertThat(listing.incomplete()).isNull();
    assertThat(kinds(look)).containsExactly(FindingKind.STRAY_MESSAGE);
  }

  @Test
  void a_foreign_answer_is_a_wrong_id_and_no_broken_schema() {
    CannedLink link = new CannedLink().then("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}");
    assertThat(
            kindOf(() ->
                link.conversation(dev.pharos.trace.Era.SESSION).list(ListKind.TOOLS, null, look)))
        .isEqualTo(FailureKind.ID_MISMATCH);
  }
}
