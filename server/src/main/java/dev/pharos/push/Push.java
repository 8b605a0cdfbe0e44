package dev.pharos.push;

import dev.pharos.event.EventBus;
import dev.pharos.event.EventJournal;
import dev.pharos.fleet.StoredEvent;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * The live feed. Hears the bus once, encodes each event once, and hands it to every client that
 * wants it. Thread-safe.
 */
public final class Push implements AutoCloseable {
  private static final String CLIENT = "pharos.client";

  /** Clients have nothing to say; what they say is not heard. */
  private static final int MAX_MESSAGE = 4_096;

  private static final Duration IDLE = Duration.ofSeconds(60);

  private final EventJournal journal;
  private final PushSettings settings;
  private final Tally tally = new Tally();
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private final EventBus.Subscription subscription;
  private volatile boolean closed;

  public Push(EventBus bus, EventJournal journal, PushSettings settings) {
    this.journal = journal;
    this.settings = settings;
    this.subscription = bus.subscribe(this::heard);
  }

  /**
   * Takes a WebSocket client that has just connected.
   *
   * @param cursor the last event that it has, or null to begin with what comes
   * @param servers only these; empty for all
   * @param types only these; empty for all
   * @param admitted whether it may still listen; asked now and then
   */
  public void connected(
      WsContext ctx,
      @Nullable Long cursor,
      Set<String> servers,
      Set<String> types,
      BooleanSupplier admitted) {
    Session session = ctx.session;
    session.setMaxTextMessageSize(MAX_MESSAGE);
    session.setMaxBinaryMessageSize(MAX_MESSAGE);
    session.setIdleTimeout(settings.keepAlive().multipliedBy(3).plus(IDLE));
    Sink sink = new WebSocketSink(session, settings.patience());
    if (full()) {
      sink.close(Client.TRY_AGAIN_LATER, "too many clients");
      return;
    }
    Client client =
        new Client(journal, settings, tally, sink, new Wanted(servers, types), cursor, admitted);
    ctx.attribute(CLIENT, client);
    tally.webSockets.incrementAndGet();
    clients.add(client);
    Thread.ofVirtual()
        .name("pharos-push")
        .start(() -> {
          try {
            serve(client);
          } finally {
            tally.webSockets.decrementAndGet();
          }
        });
  }

  /** A WebSocket client went. */
  public void disconnected(WsContext ctx) {
    Client client = ctx.attribute(CLIENT);
    if (client != null) {
      client.end();
    }
  }

  /** Serves a client of server-sent events; returns when it has gone. Parameters as above. */
  public void stream(
      Context ctx,
      @Nullable Long cursor,
      Set<String> servers,
      Set<String> types,
      BooleanSupplier admitted)
      throws IOException {
    ctx.contentType("text/event-stream; charset=utf-8");
    ctx.header("Cache-Control", "no-store");
    ctx.header("X-Accel-Buffering", "no");
    Client client =
        new Client(
            journal,
            settings,
            tally,
            new StreamSink(ctx.res().getOutputStream()),
            new Wanted(servers, types),
            cursor,
            admitted);
    tally.streams.incrementAndGet();
    clients.add(client);
    try {
      serve(client);
    } finally {
      tally.streams.decrementAndGet();
    }
  }

  /** Sends those away who may not listen any more; to be called each few seconds. */
  public void review() {
    clients.forEach(Client::review);
  }

  /** Whether no further client is taken. */
  public boolean full() {
    return closed || tally.clients() >= settings.maxClients();
  }

  public PushCounts counts() {
    return tally.counts();
  }

  private void serve(Client client) {
    try {
      if (closed) {
        client.end();
      }
      client.run();
    } finally {
      client.end();
      clients.remove(client);
    }
  }

  private void heard(List<StoredEvent> events) {
    if (clients.isEmpty()) {
      return;
    }
    List<Message> messages = events.stream().map(Message::of).toList();
    for (Client client : clients) {
      client.offer(messages);
    }
  }

  /** Tells every client that the monitor stops. */
  @Override
  public void close() {
    closed = true;
    subscription.close();
    clients.forEach(Client::end);
  }
}
