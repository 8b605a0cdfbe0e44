package dev.pharos.watch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Knocks with sockets of this machine. Names are looked up on a few platform threads that end when
 * idle: the system's resolver would hold the carrier of a virtual one.
 */
final class SocketKnocker implements Knocker {
  private static final int THREADS = 4;
  private static final int WAITING = 1_000;

  private final ThreadPoolExecutor lookups;

  SocketKnocker() {
    lookups =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("pharos-knock-dns-", 0).factory());
    lookups.allowCoreThreadTimeOut(true);
  }

  @Override
  public boolean knock(Door door, Duration within) {
    try {
      for (InetAddress address : addresses(door.host(), within)) {
        if (!address.isLinkLocalAddress() && accepts(address, door.port(), within)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      return false; // the name leads nowhere, or not in time
    }
    return false;
  }

  private InetAddress[] addresses(String host, Duration within)
      throws InterruptedException, ExecutionException, TimeoutException {
    Future<InetAddress[]> task = lookups.submit(() -> InetAddress.getAllByName(host));
    try {
      return task.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      task.cancel(false);
    }
  }

  private static boolean accepts(InetAddress address, int port, Duration within) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address, port),
          Math.clamp(within.toMillis(), 1, Integer.MAX_VALUE));
      // At a free local port a connection can, by chance, meet itself (RFC 9293 section 3.5).
      return socket.getLocalPort() != port || !socket.getLocalAddress().equals(address);
    } catch (IOException e) {
      return false;
    }
  }
}
