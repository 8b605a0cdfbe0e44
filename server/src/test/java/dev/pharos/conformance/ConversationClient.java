package dev.pharos.conformance;

import dev.pharos.mcp.Authorizer;
import dev.pharos.mcp.Conversation;
import dev.pharos.mcp.Endpoint;
import dev.pharos.mcp.Known;
import dev.pharos.mcp.ListKind;
import dev.pharos.mcp.ListedItem;
import dev.pharos.mcp.McpOpener;
import dev.pharos.mcp.McpSettings;
import dev.pharos.mcp.Refusal;
import dev.pharos.mcp.Tally;
import dev.pharos.mcp.ToolArguments;
import dev.pharos.net.Header;
import dev.pharos.net.HttpDialer;
import dev.pharos.net.NetSettings;
import dev.pharos.trace.Deadline;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageClock;
import dev.pharos.trace.Ticker;
import dev.pharos.trace.WireTap;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Our client at the level of one conversation, for the scenarios that do more than look. */
final class ConversationClient implements AutoCloseable {
  private static final McpSettings SETTINGS =
      new McpSettings(
          "pharos",
          "test",
          8 * 1024 * 1024,
          64,
          10_000,
          64,
          Duration.ofSeconds(5),
          Duration.ofSeconds(2));

  private final HttpDialer dialer;
  private final Look look;
  private final Conversation conversation;

  private ConversationClient(HttpDialer dialer, Look look, Conversation conversation) {
    this.dialer = dialer;
    this.look = look;
    this.conversation = conversation;
  }

  /** Opens a conversation without being told the era, as a look does. */
  static ConversationClient open(URI url) throws FailureException {
    Ticker ticker = Ticker.system();
    HttpDialer dialer = new HttpDialer(NetSettings.DEFAULT, ticker);
    Look look =
        new Look(
            new StageClock(ticker, Stage.HANDSHAKE),
            Deadline.after(Duration.ofSeconds(30), ticker),
            WireTap.none());
    Endpoint endpoint = new Endpoint.Http(url, Endpoint.Http.Choice.EITHER, List.of());
    McpOpener opener = new McpOpener(SETTINGS, dialer, ticker, new Tally());
    Conversation conversation = opener.open(endpoint, new Anonymous(), Known.NOTHING, look);
    return new ConversationClient(dialer, look, conversation);
  }

  String revision() {
    return conversation.revision();
  }

  /** The tools that a client may call: those with invalid header annotations are not among them. */
  List<ListedItem> callableTools() throws FailureException {
    return list(ListKind.TOOLS).stream().filter(conversation::callable).toList();
  }

  List<ListedItem> list(ListKind kind) throws FailureException {
    return Objects.requireNonNull(conversation.list(kind, null, look).items());
  }

  void callTool(ListedItem tool, String argumentsJson) throws FailureException {
    conversation.callTool(tool, new ToolArguments(argumentsJson), look);
  }

  void getPrompt(String name) throws FailureException {
    conversation.request("prompts/get", name, "\"name\":\"" + name + "\"", look);
  }

  void readResource(String uri) throws FailureException {
    conversation.request("resources/read", uri, "\"uri\":\"" + uri + "\"", look);
  }

  @Override
  public void close() {
    conversation.end(look);
    dialer.close();
  }

  /** Shows nothing and has nothing to show. */
  private static final class Anonymous implements Authorizer {
    @Override
    public List<Header> headers(Look look) {
      return List.of();
    }

    @Override
    public boolean refused(Refusal refusal, Look look) {
      return false;
    }
  }
}
