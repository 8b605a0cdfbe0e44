package dev.pharos.testing;

import dev.pharos.testing.FaultGate.Fate;
import dev.pharos.testing.Trap.Way;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;

/** One connection through a {@link FaultProxy}: a thread for each way. */
final class FaultLink {
  private static final int PIECE = 16 * 1024;

  private final Socket client;
  private final Socket server;
  private final FaultGate gate;
  private final Set<FaultLink> links;
  private volatile boolean answerLost;

  FaultLink(Socket client, Socket server, FaultGate gate, Set<FaultLink> links) {
    this.client = client;
    this.server = server;
    this.gate = gate;
    this.links = links;
    links.add(this);
  }

  void start() {
    Thread.ofVirtual().start(() -> copy(client, server, Way.TO_SERVER));
    Thread.ofVirtual().start(() -> copy(server, client, Way.FROM_SERVER));
  }

  /** Resets both connections. */
  void cut() {
    links.remove(this);
    reset(client);
    reset(server);
  }

  private void copy(Socket from, Socket to, Way way) {
    byte[] buffer = new byte[PIECE];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!passed(out, way, buffer, n)) {
          cut();
          return;
        }
      }
      end();
    } catch (IOException e) {
      cut();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cut();
    }
  }

  private boolean passed(OutputStream out, Way way, byte[] piece, int length)
      throws IOException, InterruptedException {
    Fate fate = gate.admit(way, piece, length);
    if (fate == Fate.CUT || (answerLost && way == Way.FROM_SERVER)) {
      return false;
    }
    if (fate == Fate.PASS_AND_LOSE_ANSWER) {
      // Set before the server can have heard of it.
      answerLost = true;
    }
    out.write(piece, 0, length);
    return true;
  }

  /** One end said goodbye in an orderly way: so is the other told. */
  private void end() throws IOException {
    links.remove(this);
    try (client;
        server) {
      // Closed, both also when one fails.
    }
  }

  private static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // It is closed already.
    } catch (IOException e) {
      // It is closed in any case.
    }
  }
}
