package dev.pharos.probe;

import dev.pharos.mcp.Conversation;
import dev.pharos.mcp.ListKind;
import dev.pharos.mcp.ListedItem;
import dev.pharos.mcp.Listing;
import dev.pharos.mcp.ToolAnswer;
import dev.pharos.mcp.ToolArguments;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import org.jspecify.annotations.Nullable;

/** Runs one tool in a session of its own, which it ends. */
final class ToolRun {
  private final KeptSession session;
  private final String tool;
  private final ToolArguments arguments;
  private final Look look;

  ToolRun(KeptSession session, String tool, ToolArguments arguments, Look look) {
    this.session = session;
    this.tool = tool;
    this.arguments = arguments;
    this.look = look;
  }

  Called run() {
    try (session) {
      ToolAnswer answer = session.ask(this::call, look);
      return new Called(
          session.mask().hideInJson(answer.json()), answer.isError(), callMicros(), open(answer));
    } catch (FailureException e) {
      return failed(e.at(look.clock().current()));
    } catch (RuntimeException e) {
      Bugs.report(e, tool);
      return failed(
          new Failure(
              look.clock().current(),
              FailureKind.LOCAL_RESOURCES,
              "a fault in Pharos itself: " + e.getClass().getSimpleName()));
    }
  }

  private ToolAnswer call(Conversation conversation, Look look) throws FailureException {
    look.clock().enter(Stage.LIST);
    ListedItem listed = find(conversation);
    look.clock().enter(Stage.CALL);
    if (!conversation.callable(listed)) {
      throw new FailureException(
          FailureKind.SCHEMA_VIOLATION,
          "the tool's x-mcp-header annotations are invalid, so that clients may not call it over HTTP");
    }
    return conversation.callTool(listed, arguments, look);
  }

  /** The tool as it is listed: its schema says which arguments travel as headers too. */
  private ListedItem find(Conversation conversation) throws FailureException {
    if (!conversation.offers(ListKind.TOOLS)) {
      throw new FailureException(FailureKind.TOOL_UNKNOWN, "the server offers no tools");
    }
    Listing listing = conversation.list(ListKind.TOOLS, null, look);
    if (listing.items() != null) {
      for (ListedItem item : listing.items()) {
        if (item.key().equals(tool)) {
          return item;
        }
      }
    }
    FailureException incomplete = listing.incomplete();
    if (incomplete != null) {
      throw incomplete;
    }
    throw new FailureException(
        FailureKind.TOOL_UNKNOWN, "the server lists no tool named " + Refusals.plain(tool));
  }

  private static @Nullable Failure open(ToolAnswer answer) {
    return answer.needsInput()
        ? new Failure(
            Stage.CALL,
            FailureKind.TOOL_NEEDS_INPUT,
            "the tool asks its user for more before it answers, which only a client with a person in front of it can give")
        : null;
  }

  private Called failed(Failure failure) {
    String message = session.mask().hide(failure.message());
    return new Called(
        null, false, callMicros(), new Failure(failure.stage(), failure.kind(), message));
  }

  private long callMicros() {
    return look.clock().times().stream()
        .filter(time -> time.stage() == Stage.CALL)
        .mapToLong(StageTime::micros)
        .sum();
  }
}
