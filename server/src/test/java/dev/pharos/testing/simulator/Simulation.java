package dev.pharos.testing.simulator;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All servers of a simulator: answers requests by path. Used by the event loop's thread alone. */
final class Simulation implements EventLoop.Service {
  private static final byte[] STREAM_HEAD =
      Reply.ascii(
          """
          HTTP/1.1 200 Simulated\r
          Content-Type: text/event-stream\r
          Cache-Control: no-cache\r
          Transfer-Encoding: chunked\r
          \r
          """);
  private static final byte[] STREAM_END = Reply.ascii("0\r\n\r\n");

  private final SimulatorSettings settings;
  private final Replies replies;
  private final Sessions sessions = new Sessions();
  private final Map<String, Long> requests = new HashMap<>();
  private final Message message = new Message();
  private final Lookers lookers;
  private final ByteBuffer output;
  private final EventLoop loop;
  private final Faults faults;
  private final Console console;
  private long accepted;
  private int open;
  private int streams;

  Simulation(SimulatorSettings settings) throws IOException {
    this.settings = settings;
    replies = new Replies(settings);
    lookers = new Lookers(settings.servers());
    output = ByteBuffer.allocateDirect(Math.max(16 * 1024, replies.largest()));
    loop = new EventLoop(this);
    console = new Console(this, settings.servers());
    faults = new Faults(settings.servers(), loop, this::kill, this::loseSessions);
  }

  EventLoop loop() {
    return loop;
  }

  Faults faults() {
    return faults;
  }

  @Override
  public boolean answer(Request request, Connection connection) throws IOException {
    int server = request.server();
    if (server < 0 || server >= settings.servers()) {
      console.answer(request, connection);
      return true;
    }
    connection.server = server;
    switch (faults.of(server)) {
      case Fault.Down _ -> connection.reset();
      case Fault.Slow slow when !connection.delayed -> {
        putOff(connection, slow);
        return false;
      }
      case Fault.Status status -> html(status.code(), connection);
      case Fault.None _, Fault.Slow _, Fault.LoseSessions _, Fault.Flip _ ->
          speak(server, request, connection);
    }
    connection.delayed = false;
    if (request.last() && !connection.busy) {
      connection.closeAfterSending();
    }
    return true;
  }

  private void putOff(Connection connection, Fault.Slow slow) {
    connection.busy = true;
    loop.after(
        Duration.ofMillis(slow.millis()),
        () -> {
          connection.delayed = true;
          loop.resume(connection);
        });
  }

  private void speak(int server, Request request, Connection connection) throws IOException {
    switch (request.verb()) {
      case "POST" -> {
        request.read(message);
        count(message.method().isEmpty() ? "POST" : message.method());
        if (message.method().equals("tools/list")) {
          lookers.looked(server, connection);
        }
        if (settings.stateless()) {
          stateless(connection);
        } else {
          inSession(server, request, connection);
        }
      }
      case "GET" -> {
        count("GET");
        stream(server, request, connection);
      }
      case "DELETE" -> {
        count("DELETE");
        delete(server, request, connection);
      }
      default -> empty(405, connection);
    }
  }

  private void inSession(int server, Request request, Connection connection) throws IOException {
    if (message.method().equals("initialize")) {
      reply(replies.of("initialize"), sessions.begin(server).id, connection);
    } else if (request.session() == null) {
      reply(replies.noSession, null, connection);
    } else if (sessions.find(request.session(), server) == null) {
      reply(replies.unknownSession, null, connection);
    } else if (!message.asks() || message.method().isEmpty()) {
      empty(202, connection);
    } else {
      reply(replies.of(message.method()), null, connection);
    }
  }

  private void stateless(Connection connection) throws IOException {
    if (!message.asks()) {
      empty(202, connection);
    } else if (message.method().equals("subscriptions/listen")) {
      listen(connection);
    } else {
      reply(replies.of(message.method()), null, connection);
    }
  }

  private void stream(int server, Request request, Connection connection) throws IOException {
    if (settings.stateless() || !settings.streams()) {
      empty(405, connection);
      return;
    }
    Session session = sessions.find(request.session(), server);
    if (session == null) {
      empty(request.session() == null ? 400 : 404, connection);
      return;
    }
    session.stream = connection;
    connection.streamOf = session;
    hold(connection);
    send(output.clear().put(STREAM_HEAD), connection);
  }

  private void listen(Connection connection) throws IOException {
    hold(connection);
    String id = message.id();
    String event =
        """
        event: message
        data: {"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":\
        {"notifications":{"toolsListChanged":true},\
        "_meta":{"io.modelcontextprotocol/subscriptionId":%s}}}

        """
            .formatted(id);
    output.clear().put(STREAM_HEAD);
    output.put(Reply.ascii(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n"));
    send(output, connection);
  }

  private void hold(Connection connection) {
    connection.busy = true;
    connection.streaming = true;
    streams++;
  }

  private void delete(int server, Request request, Connection connection) throws IOException {
    Session session = sessions.find(request.session(), server);
    if (settings.stateless()) {
      empty(405, connection);
    } else if (session == null) {
      empty(request.session() == null ? 400 : 404, connection);
    } else {
      sessions.end(session);
      endStream(session);
      empty(204, connection);
    }
  }

  private void endStream(Session session) {
    Connection stream = session.stream;
    if (stream != null && stream.open()) {
      loop.finish(stream, ByteBuffer.wrap(STREAM_END));
    }
  }

  private void kill(int server) {
    sessions.lose(server, session -> session.stream = null);
    loop.forEachConnection(connection -> {
      if (connection.server == server) {
        loop.reset(connection);
      }
    });
  }

  private void loseSessions(int server) {
    sessions.lose(server, this::endStream);
  }

  private void reply(@Nullable Reply reply, @Nullable String session, Connection connection)
      throws IOException {
    output.clear();
    (reply == null ? replies.unknownMethod : reply).write(message, session, output);
    send(output, connection);
  }

  private void html(int status, Connection connection) throws IOException {
    count("refused");
    text(status, "text/html", "<html><body><h1>Simulated</h1></body></html>\n", connection);
  }

  private void empty(int status, Connection connection) throws IOException {
    String length = status == 204 ? "" : "Content-Length: 0\r\n";
    send(
        output.clear().put(Reply.ascii("HTTP/1.1 " + status + " Simulated\r\n" + length + "\r\n")),
        connection);
  }

  /** Sends a short text. */
  void text(int status, String type, String body, Connection connection) throws IOException {
    byte[] head =
        Reply.ascii(
            "HTTP/1.1 %d Simulated\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(status, type, body.length()));
    send(output.clear().put(head).put(Reply.ascii(body)), connection);
  }

  private static void send(ByteBuffer bytes, Connection connection) throws IOException {
    connection.send(bytes.flip());
  }

  private void count(String method) {
    requests.merge(method, 1L, Long::sum);
  }

  @Override
  public void accepted() {
    accepted++;
    open++;
  }

  @Override
  public void closed(Connection connection) {
    open--;
    if (connection.streaming) {
      streams--;
    }
    Session session = connection.streamOf;
    if (session != null && session.stream == connection) {
      session.stream = null;
    }
  }

  Stats stats() {
    return new Stats(
        settings.servers(),
        accepted,
        open,
        sessions.opened(),
        sessions.ended(),
        sessions.lost(),
        sessions.held(),
        streams,
        faults.flips(),
        faults.down(),
        lookers.returns(),
        lookers.most(),
        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1000,
        requests);
  }
}
