package dev.pharos.push;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A WebSocket client. */
final class WebSocketSink implements Sink {
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Session session;
  private final Duration patience;

  WebSocketSink(Session session, Duration patience) {
    this.session = session;
    this.patience = patience;
  }

  @Override
  public void send(long id, String json) throws IOException, InterruptedException {
    var sent = new Callback.Completable();
    session.sendText(json, sent);
    try {
      sent.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the client is gone", e.getCause());
    } catch (TimeoutException e) {
      throw new TooSlowException("the client does not read");
    }
  }

  /** A text frame, not a ping: browsers hide pings from the page, which wants to know too. */
  @Override
  public void keepAlive(long position) throws IOException, InterruptedException {
    send(0, "{\"type\":\"keep_alive\",\"cursor\":" + position + "}");
  }

  @Override
  public void close(int code, String reason) {
    var said = new Callback.Completable();
    session.close(code, reason, said);
    try {
      said.get(FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      session.disconnect();
    } catch (InterruptedException e) {
      session.disconnect();
      Thread.currentThread().interrupt();
    }
  }
}
