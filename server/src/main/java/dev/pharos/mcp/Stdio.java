package dev.pharos.mcp;

import dev.pharos.process.Child;
import dev.pharos.process.ChildListener;
import dev.pharos.process.ChildSpec;
import dev.pharos.process.Ending;
import dev.pharos.process.Exit;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.TransportKind;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A child process: one message per line on its stdin and stdout (all revisions). */
final class Stdio implements Link {
  private final McpSettings settings;
  private final Mailbox mailbox;
  private final Inbox inbox;
  private final AtomicReference<@Nullable ProcessHold> hold = new AtomicReference<>();
  private final AtomicReference<@Nullable Child> child = new AtomicReference<>();
  private volatile boolean ended;

  private Stdio(Json json, McpSettings settings) {
    this.settings = settings;
    this.inbox = new Inbox(this::reply);
    this.mailbox = new Mailbox(json, inbox);
  }

  /** Starts the process. */
  static Stdio start(ChildSpec spec, Json json, McpSettings settings, Look look)
      throws FailureException {
    Stdio link = new Stdio(json, settings);
    link.child.set(Child.start(spec, link.new Ears(), look.tap()));
    return link;
  }

  @Override
  public TransportKind transport() {
    return TransportKind.STDIO;
  }

  @Override
  public @Nullable String url() {
    return null;
  }

  @Override
  public @Nullable String sessionId() {
    return null;
  }

  @Override
  public boolean alive() {
    return !ended && !mailbox.closed();
  }

  @Override
  public void agree(String revision, boolean session) {
    // A process carries no headers.
  }

  @Override
  public @Nullable Refused send(Call<?> call, Look look) throws FailureException {
    mailbox.expect(call);
    boolean answered = false;
    try {
      write(call.message());
      mailbox.await(call, look);
      answered = true;
      return null;
    } finally {
      if (!answered) {
        mailbox.forget(call);
      }
    }
  }

  /** Sends a request without waiting: its answer is asked for with {@link #late}. */
  void post(Call<?> call) throws FailureException {
    mailbox.expect(call);
    write(call.message());
  }

  /** Waits for the answer to a posted request. */
  void await(Call<?> call, Look look) throws FailureException {
    mailbox.await(call, look);
  }

  /** Whether a posted request has been answered by now. */
  boolean late(Call<?> call, Look look) throws FailureException {
    return mailbox.arrived(call, look);
  }

  @Override
  public @Nullable Refused tell(String method, byte[] message, Look look) throws FailureException {
    write(message);
    return null;
  }

  private void write(byte[] message) throws FailureException {
    Child running = child.get();
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    running.send(message);
  }

  private void reply(byte[] message) {
    try {
      write(message);
    } catch (FailureException e) {
      // The process is gone; whoever waits for an answer hears of that by itself.
    }
  }

  @Override
  public @Nullable Hold hold(@Nullable Call<Boolean> listen, HoldListener listener, Look look) {
    ProcessHold next = new ProcessHold(listener);
    hold.set(next);
    inbox.listener(listener);
    if (!alive()) {
      hold.set(null);
      return null;
    }
    if (listen != null) {
      try {
        write(listen.message());
      } catch (FailureException e) {
        return null;
      }
    }
    return next;
  }

  @Override
  public void end(Look look) {
    ended = true;
    hold.set(null);
    Child running = child.get();
    if (running == null) {
      return;
    }
    Ending ending = running.end(settings.processGrace());
    if (ending.how() == Ending.How.TERMINATED || ending.how() == Ending.How.KILLED) {
      look.note(
          FindingKind.PROCESS_KILLED,
          "the process did not leave when its stdin was closed and had to be "
              + (ending.how() == Ending.How.KILLED ? "killed" : "terminated"));
    }
    if (ending.leftovers() > 0) {
      look.note(
          FindingKind.PROCESS_KILLED,
          "the process left " + ending.leftovers() + " processes behind that had to be killed");
    }
  }

  private String lastWords() {
    Child running = child.get();
    String tail = running == null ? "" : running.stderrTail().strip();
    if (tail.isEmpty()) {
      return "";
    }
    String shown = tail.length() > 600 ? "…" + tail.substring(tail.length() - 600) : tail;
    return "; stderr: " + Text.line(shown);
  }

  /** What the process says and how it ends, heard on its own threads. */
  private final class Ears implements ChildListener {
    @Override
    public void line(byte[] line) {
      if (line.length == 0) {
        return;
      }
      try {
        mailbox.deliver(line);
      } catch (FailureException e) {
        mailbox.noise(Text.line(line, 0, Math.min(line.length, 120)));
      }
    }

    @Override
    public void oversizeLine() {
      mailbox.broken(
          new FailureException(
              FailureKind.OVERSIZE,
              "a line on stdout is longer than the bound of "
                  + settings.maxMessageBytes()
                  + " bytes"));
    }

    @Override
    public void ended(Exit exit) {
      String detail = "the process ended with " + exit.describe();
      mailbox.close(
          new FailureException(
              FailureKind.PROCESS_EXIT, detail + " before it answered" + lastWords()));
      ProcessHold held = hold.getAndSet(null);
      if (held != null) {
        held.end(detail);
      }
    }
  }

  /** The process itself is what is held. */
  private final class ProcessHold implements Hold {
    private final HoldListener listener;
    private volatile boolean open = true;

    ProcessHold(HoldListener listener) {
      this.listener = listener;
    }

    private void end(String detail) {
      if (open) {
        open = false;
        listener.ended(detail);
      }
    }

    @Override
    public boolean open() {
      return open && alive();
    }

    @Override
    public void close() {
      open = false;
      inbox.listener(null);
    }
  }
}
