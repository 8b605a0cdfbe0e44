package dev.pharos.testing.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** One thread that accepts, reads, waits and writes for all connections of a simulator. */
final class EventLoop implements AutoCloseable {
  /** What is done with requests; called by the loop's thread. */
  interface Service {
    /** Answers, or returns false to see the same request again after {@link #resume}. */
    boolean answer(Request request, Connection connection) throws IOException;

    void accepted();

    /** Called once for each connection. */
    void closed(Connection connection);
  }

  private record Timer(long due, Runnable action) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return Long.signum(due - other.due);
    }
  }

  private static final int INPUT = 64 * 1024;
  private static final int BACKLOG = 4096;

  private final Selector selector = Selector.open();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final ByteBuffer input = ByteBuffer.allocate(INPUT);
  private final Request request = new Request();
  private final Service service;
  private final Thread thread;
  private volatile boolean running = true;
  private boolean refusing;

  EventLoop(Service service) throws IOException {
    this.service = service;
    thread = Thread.ofPlatform().name("simulator").daemon().unstarted(this::run);
  }

  /** Listens there and answers the port; to be called before {@link #start}. */
  int listen(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    channel.bind(address, BACKLOG);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_ACCEPT);
    return channel.socket().getLocalPort();
  }

  void start() {
    thread.start();
  }

  /** Has the loop's thread do this soon; from any thread. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Has the loop's thread do this later; from that thread only. */
  void after(Duration delay, Runnable action) {
    timers.add(new Timer(System.nanoTime() + delay.toNanos(), action));
  }

  /** Shows every open connection; from the loop's thread only. */
  void forEachConnection(Consumer<Connection> action) {
    for (SelectionKey key : selector.keys()) {
      if (key.isValid() && key.attachment() instanceof Connection connection) {
        action.accept(connection);
      }
    }
  }

  /** Goes on with a connection whose request was put off. */
  void resume(Connection connection) {
    if (connection.open()) {
      connection.busy = false;
      connection.takeUnread(input);
      guarded(connection, () -> serve(connection));
    }
  }

  /** Closes a connection so that its client sees a reset; from the loop's thread only. */
  void reset(Connection connection) {
    connection.reset();
    forget(connection);
  }

  /** Sends what is left to send and closes; from the loop's thread only. */
  void finish(Connection connection, ByteBuffer lastWords) {
    guarded(
        connection,
        () -> {
          connection.send(lastWords);
          connection.closeAfterSending();
        });
  }

  private void run() {
    try {
      while (running) {
        selector.select(this::ready, untilNextTimer());
        runTasks();
        runTimers();
      }
      for (SelectionKey key : List.copyOf(selector.keys())) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ready(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.attachment() instanceof Connection connection) {
      int ready = key.readyOps();
      guarded(
          connection,
          () -> {
            if ((ready & SelectionKey.OP_WRITE) != 0) {
              connection.sendMore();
            }
            if ((ready & SelectionKey.OP_READ) != 0 && connection.open()) {
              read(connection);
            }
          });
    } else {
      accept((ServerSocketChannel) key.channel());
    }
  }

  private void accept(ServerSocketChannel listener) {
    try {
      for (SocketChannel channel = listener.accept();
          channel != null;
          channel = listener.accept()) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new Connection(channel, key));
        service.accepted();
      }
    } catch (IOException e) {
      // The client gave up, or there are no more file handles: the others are served all the same.
      if (!refusing) {
        refusing = true;
        System.err.println("simulator: cannot accept: " + e.getMessage());
      }
    }
  }

  private void read(Connection connection) throws IOException {
    int count = connection.read(input);
    if (count < 0 || !input.hasRemaining()) {
      connection.close();
    } else if (connection.busy) {
      connection.leaveUnread(input.array(), 0, input.position());
    } else {
      serve(connection);
    }
  }

  private void serve(Connection connection) throws IOException {
    int from = 0;
    int to = input.position();
    while (from < to && connection.open() && !connection.busy) {
      int length = request.parse(input.array(), from, to);
      if (length == Request.MALFORMED) {
        connection.close();
        return;
      }
      if (length == 0 || !service.answer(request, connection)) {
        break;
      }
      from += length;
    }
    connection.leaveUnread(input.array(), from, to);
  }

  private interface Step {
    void run() throws IOException;
  }

  private void guarded(Connection connection, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      connection.close();
    }
    if (!connection.open()) {
      forget(connection);
    }
  }

  private void forget(Connection connection) {
    if (!connection.forgotten) {
      connection.forgotten = true;
      service.closed(connection);
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private void runTimers() {
    if (timers.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    List<Timer> due = new ArrayList<>();
    for (Timer next = timers.peek(); next != null && next.due - now <= 0; next = timers.peek()) {
      due.add(next);
      timers.remove();
    }
    due.forEach(timer -> timer.action.run());
  }

  /** In milliseconds; 0 is for ever. */
  private long untilNextTimer() {
    Timer next = timers.peek();
    return next == null ? 0 : Math.max(1, (next.due - System.nanoTime() + 999_999) / 1_000_000);
  }

  @Override
  public void close() {
    running = false;
    selector.wakeup();
    try {
      if (!thread.join(Duration.ofSeconds(5))) {
        throw new IllegalStateException("the simulator's thread does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
