package dev.pharos.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.trace.Era;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListerTest extends McpTest {
  private final CannedLink link = new CannedLink();
  private final Look look = look();

  private static String page(String names, @Nullable String cursor) {
    String items =
        names
            .chars()
            .mapToObj(name -> "{\"name\":\"" + (char) name + "\",\"inputSchema\":{}}")
            .collect(Collectors.joining(","));
    return "{\"tools\":["
        + items
        + "]"
        + (cursor == null ? "}" : ",\"nextCursor\":\"" + cursor + "\"}");
  }

  private Listing list() throws FailureException {
    return link.conversation(Era.SESSION).list(ListKind.TOOLS, null, look);
  }

  private static String names(Listing listing) {
    return Objects.requireNonNull(listing.items()).stream()
        .map(ListedItem::key)
        .collect(Collectors.joining());
  }

  @Test
  void all_pages_are_read_in_order_with_cursors_as_they_came() throws FailureException {
    link.thenResult(page("ab", ""))
        .thenResult(page("c", "\\\"q\\u00e9"))
        .thenResult(page("d", null));
    Listing listing = list();
    assertThat(names(listing)).isEqualTo("abcd");
    assertThat(listing.incomplete()).isNull();
    assertThat(listing.memory()).as("several pages are not recognised").isNull();
    assertThat(link.sent.get(0)).doesNotContain("cursor");
    assertThat(link.sent.get(1)).contains("\"params\":{\"cursor\":\"\"}");
    assertThat(link.sent.get(2)).contains("{\"cursor\":\"\\\"qé\"}");
  }

  @Test
  void a_single_page_is_recognised_again_and_a_changed_one_read() throws FailureException {
    Conversation conversation =
        link.thenResult(page("a", null))
            .thenResult(page("a", null))
            .thenResult(page("b", null))
            .conversation(Era.SESSION);
    Listing first = conversation.list(ListKind.TOOLS, null, look);
    ListMemory memory = Objects.requireNonNull(first.memory());
    assertThat(conversation.list(ListKind.TOOLS, memory, look).unchanged()).isTrue();
    Listing third = conversation.list(ListKind.TOOLS, memory, look);
    assertThat(third.unchanged()).isFalse();
    assertThat(names(third)).isEqualTo("b");
  }

  @Test
  void the_same_cursor_twice_ends_the_reading() throws FailureException {
    link.thenResult(page("a", "x")).thenResult(page("b", "y")).thenResult(page("c", "x"));
    Listing listing = list();
    assertThat(incomplete(listing)).isEqualTo(FailureKind.LIST_LOOP);
    assertThat(names(listing)).isEqualTo("abc");
    assertThat(kinds(look)).containsExactly(FindingKind.LIST_INCOMPLETE);
  }

  @Test
  void pages_are_bounded() throws FailureException {
    IntStream.range(0, 9).forEach(i -> link.thenResult(page("a", "c" + i)));
    assertThat(incomplete(list())).isEqualTo(FailureKind.LIST_TOO_LONG);
    assertThat(link.sent).hasSize(SETTINGS.maxPages());
  }

  @Test
  void items_are_bounded_over_all_pages_on_the_last_one_too() throws FailureException {
    link.thenResult(page("abcdefghijklmno", "x")).thenResult(page("pqrstuvwxyz", null));
    Listing listing = list();
    assertThat(incomplete(listing)).isEqualTo(FailureKind.LIST_TOO_LONG);
    assertThat(listing.items()).hasSize(SETTINGS.maxItems());
  }

  @Test
  void one_page_with_too_many_items_is_too_long() throws FailureException {
    link.thenResult(page("abcdefghijklmnopqrstuvwxyz", null));
    Listing listing = list();
    assertThat(incomplete(listing)).isEqualTo(FailureKind.LIST_TOO_LONG);
    assertThat(listing.items()).isEmpty();
  }

  @Test
  void a_later_page_that_fails_leaves_the_earlier_ones() throws FailureException {
    link.thenResult(page("a", "x"))
        .then(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32602,\"message\":\"bad cursor\"}}");
    Listing listing = list();
    assertThat(incomplete(listing)).isEqualTo(FailureKind.LIST_PARTIAL);
    assertThat(Objects.requireNonNull(listing.incomplete()).detail())
        .contains("page 2", "bad cursor");
    assertThat(names(listing)).isEqualTo("a");
  }

  @Test
  void a_server_that_goes_away_between_pages_fails_the_look() {
    link.thenResult(page("a", "x")).then(new FailureException(FailureKind.RESET, "gone"));
    assertThat(kindOf(this::list)).isEqualTo(FailureKind.RESET);
  }

  @Test
  void an_error_to_the_first_page_is_a_list_error() {
    link.then("{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32603,\"message\":\"oh\"}}");
    FailureException failure = failureOf(this::list);
    assertThat(failure.kind()).isEqualTo(FailureKind.LIST_ERROR);
    assertThat(failure.detail()).contains("-32603", "oh");
  }

  @Test
  void templates_may_be_unknown_where_resources_are_offered() throws FailureException {
    link.then("{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32601,\"message\":\"no\"}}");
    Listing listing = link.conversation(Era.SESSION).list(ListKind.RESOURCE_TEMPLATES, null, look);
    assertThat(listing).isEqualTo(Listing.ABSENT);
    assertThat(listing.unchanged()).isFalse();
  }

  @Test
  void templates_may_be_unknown_by_an_http_status_too() throws FailureException {
    link.sessionId = "s";
    link.then(new Refused(404, new RpcError(-32601, "no", null), null, "", null));
    assertThat(link.conversation(Era.SESSION).list(ListKind.RESOURCE_TEMPLATES, null, look))
        .isEqualTo(Listing.ABSENT);
  }

  private static FailureKind incomplete(Listing listing) {
    return Objects.requireNonNull(listing.incomplete()).kind();
  }

  @Test
  void a_lost_session_is_told_from_a_bad_request() {
    record Case(int status, int code, @Nullable String session, FailureKind kind) {}
    List<Case> cases =
        List.of(
            new Case(404, 0, "s", FailureKind.SESSION_LOST),
            new Case(400, 0, "s", FailureKind.SESSION_LOST),
            new Case(400, -32000, "s", FailureKind.SESSION_LOST),
            new Case(404, -32001, "s", FailureKind.SESSION_LOST),
            new Case(400, -32600, "s", FailureKind.SESSION_LOST),
            new Case(400, -32601, "s", FailureKind.LIST_ERROR),
            new Case(400, -32602, "s", FailureKind.LIST_ERROR),
            new Case(404, 0, null, FailureKind.HTTP_404),
            new Case(400, -32000, null, FailureKind.HTTP_400),
            new Case(503, 0, "s", FailureKind.HTTP_503));
    for (Case each : cases) {
      link.sessionId = each.session();
      RpcError error = each.code() == 0 ? null : new RpcError(each.code(), "m", null);
      link.then(new Refused(each.status(), error, null, "", null));
      assertThat(kindOf(this::list)).as("%s", each).isEqualTo(each.kind());
    }
  }
}
