package dev.pharos.net;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one connection while no exchange is running. Thread-safe: guarded by its rest, so
 * that nobody takes the connection up while the peer's doings are looked into.
 */
final class Idleness {
  private final HttpConnection connection;
  private final Socket top;
  private final Rest rest;
  private @Nullable IdleListener listener;

  /** An answer whose end is read when it comes. */
  private @Nullable HttpAnswer unfinished;

  /**
   * @param socket of a channel
   * @param top what speaks HTTP: the socket itself, or TLS over it
   */
  Idleness(HttpConnection connection, Socket socket, Socket top, IdleWatch watch) {
    this.connection = connection;
    this.top = top;
    this.rest = new Rest(socket.getChannel(), watch, this::stirred);
  }

  void heed(@Nullable IdleListener heard) {
    synchronized (rest) {
      listener = heard;
      if (heard == null) {
        rest.end();
      } else if (unfinished != null || connection.reusable()) {
        rest.begin();
      }
    }
  }

  /** An exchange is over. */
  void begin() {
    synchronized (rest) {
      if (listener != null) {
        rest.begin();
      }
    }
  }

  /** The rest of an answer is left for later. */
  void leave(HttpAnswer answer) {
    synchronized (rest) {
      unfinished = answer;
      begin();
    }
  }

  /** The connection is taken up or closed: nobody else touches it from here on. */
  void end() {
    synchronized (rest) {
      rest.end();
      unfinished = null;
    }
  }

  private void stirred() {
    IdleListener told;
    synchronized (rest) {
      if (!rest.stirred()) {
        return; // it was taken up first, and its user learns of it
      }
      HttpAnswer answer = unfinished;
      end();
      told = listener;
      boolean ended = answer == null ? ended() : answer.brokenOff();
      if (!ended || connection.dismissed()) {
        return;
      }
    }
    if (told != null) {
      told.ended("the server ended the idle connection");
    }
  }

  /**
   * Whether the peer ended the connection, which is closed then; else it rests on. Reading is the
   * only way to know: over TLS, what came may be a new session ticket, which means nothing. Over
   * plain HTTP bytes that nobody asked for are as good as an end.
   */
  private boolean ended() {
    if (quiet()) {
      begin();
      return false;
    }
    return connection.endIdle();
  }

  private boolean quiet() {
    connection.guardIdle();
    try {
      top.setSoTimeout(1);
      var _ = top.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      return blocksAgain();
    } catch (IOException e) {
      return false;
    } finally {
      connection.unguard();
    }
  }

  private boolean blocksAgain() {
    try {
      top.setSoTimeout(0);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
