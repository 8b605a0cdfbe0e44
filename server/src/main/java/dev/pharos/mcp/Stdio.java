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
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A child process: one message per line on its stdin and stdout (all revisions). */
final class Stdio implements Link {
  /**
   * How long the news of an exit may take: a grandchild that holds stdout delays it by a second.
   */
  private static final Duration EXIT_NEWS = Duration.ofMillis(1500);

  private final McpSettings settings;
  private final Mailbox mailbox;
  private final Inbox inbox;
  private final AtomicReference<@Nullable ProcessHold> hold = new AtomicReference<>();
  private final AtomicReference<@Nullable Child> child = new AtomicReference<>();
  private final AtomicReference<@Nullable Outbox> outbox = new AtomicReference<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Lease process;
  private final Lease session;
  private volatile boolean gone;
  private volatile @Nullable FailureException departure;

  private Stdio(McpOpener opener) {
    this.settings = opener.settings();
    this.inbox = new Inbox(this::reply);
    this.mailbox = new Mailbox(opener.json(), inbox);
    this.process = opener.tally().child();
    this.session = opener.tally().session();
  }

  /** Starts the process. */
  static Stdio start(ChildSpec spec, McpOpener opener, Look look) throws FailureException {
    Stdio link = new Stdio(opener);
    Child child = Child.start(spec, link.new Ears(), look.tap());
    link.process.begin();
    if (link.gone) {
      link.process.end(); // the news of its end was faster
    }
    link.child.set(child);
    link.outbox.set(new Outbox(child));
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
  public @Nullable FailureException departure() {
    return departure;
  }

  @Override
  public boolean alive() {
    return !ended.get() && !mailbox.closed();
  }

  @Override
  public void agree(String revision, boolean inSession) {
    if (inSession) {
      session.begin();
    }
  }

  @Override
  public @Nullable Refused send(Call<?> call, Look look) throws FailureException {
    mailbox.expect(call);
    boolean answered = false;
    try {
      long place = write(call.message(), look);
      mailbox.await(call, look);
      answered = true;
      writer().taken(place);
      return null;
    } finally {
      if (!answered) {
        mailbox.forget(call);
      }
    }
  }

  /**
   * Sends a request without waiting: its answer is asked for with {@link #await} or {@link #late}.
   */
  void post(Call<?> call, Look look) throws FailureException {
    mailbox.expect(call);
    long _ = write(call.message(), look);
  }

  /** Waits for the answer to a posted request. */
  void await(Call<?> call, Look look) throws FailureException {
    mailbox.await(call, look);
  }

  /** Whether a posted request has been answered by now; a later answer to it is dropped. */
  boolean late(Call<?> call, Look look) throws FailureException {
    boolean arrived = mailbox.arrived(call, look);
    if (!arrived) {
      mailbox.unattended(call);
    }
    return arrived;
  }

  @Override
  public @Nullable Refused tell(String method, byte[] message, Look look) throws FailureException {
    long _ = write(message, look);
    return null;
  }

  /** A process that has gone cannot be written to; the news of its end says more about why. */
  private long write(byte[] message, Look look) throws FailureException {
    try {
      return writer().send(message, look.deadline());
    } catch (FailureException e) {
      throw e.kind() == FailureKind.PROCESS_EXIT ? mailbox.end(look, EXIT_NEWS, e) : e;
    }
  }

  private Outbox writer() {
    Outbox open = outbox.get();
    if (open == null) {
      throw new IllegalStateException("not started");
    }
    return open;
  }

  /** Called by the reading thread, perhaps before {@link #start} has come to its end. */
  private void reply(byte[] message) {
    Outbox open = outbox.get();
    if (open != null) {
      open.offer(message);
    }
  }

  @Override
  public @Nullable Hold hold(@Nullable Call<Boolean> listen, HoldListener listener, Look look) {
    ProcessHold next = new ProcessHold(listener, listen == null ? -1 : listen.id());
    hold.set(next);
    inbox.listener(listener);
    if (!alive() && hold.compareAndSet(next, null)) {
      inbox.silence(listener);
      return null;
    }
    if (listen != null) {
      subscribe(listen, look);
    }
    return next;
  }

  /** Whether the server grants it or not: what is held is the process. */
  private void subscribe(Call<Boolean> listen, Look look) {
    mailbox.unattended(listen);
    try {
      long _ = write(listen.message(), look);
    } catch (FailureException e) {
      // The process is gone, which the holder hears, or reads nothing, which the next look finds.
    }
  }

  @Override
  public void end(Look look) {
    if (ended.getAndSet(true)) {
      return;
    }
    ProcessHold held = hold.getAndSet(null);
    if (held != null) {
      inbox.silence(held.listener);
    }
    Child running = child.get();
    if (running == null) {
      return;
    }
    Ending ending = running.end(settings.processGrace());
    session.end();
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

  private static String lastWords(String stderrTail) {
    String tail = stderrTail.strip();
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
    public void ended(Exit exit, String stderrTail) {
      gone = true;
      process.end();
      session.end();
      String detail = "the process ended with " + exit.describe();
      if (!ended.get()) {
        departure = new FailureException(FailureKind.PROCESS_EXIT, detail + lastWords(stderrTail));
      }
      mailbox.close(
          new FailureException(
              FailureKind.PROCESS_EXIT, detail + " before it answered" + lastWords(stderrTail)));
      ProcessHold held = hold.getAndSet(null);
      if (held != null) {
        held.end(detail);
      }
    }
  }

  /** The process itself is what is held. */
  private final class ProcessHold implements Hold {
    private final HoldListener listener;
    private final long subscription;
    private final AtomicBoolean over = new AtomicBoolean();

    ProcessHold(HoldListener listener, long subscription) {
      this.listener = listener;
      this.subscription = subscription;
    }

    private void end(String detail) {
      inbox.silence(listener);
      if (!over.getAndSet(true)) {
        listener.ended(detail);
      }
    }

    @Override
    public boolean open() {
      return !over.get() && alive();
    }

    @Override
    public void close() {
      boolean first = !over.getAndSet(true);
      inbox.silence(listener);
      hold.compareAndSet(this, null);
      if (first && subscription >= 0 && alive()) {
        reply(Requests.cancelled(subscription, "nobody listens any more"));
      }
    }
  }
}
