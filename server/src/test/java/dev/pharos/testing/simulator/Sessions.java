package dev.pharos.testing.simulator;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The open sessions of all servers. Used by the event loop's thread alone. */
final class Sessions {
  private final Map<String, Session> open = new HashMap<>();
  private long opened;
  private long ended;
  private long lost;

  Session begin(int server) {
    Session session = new Session("%016x%08x".formatted(++opened, server), server);
    open.put(session.id, session);
    return session;
  }

  /** That session of that server, or null. */
  @Nullable Session find(@Nullable String id, int server) {
    Session session = id == null ? null : open.get(id);
    return session == null || session.server != server ? null : session;
  }

  void end(Session session) {
    if (open.remove(session.id) != null) {
      ended++;
    }
  }

  /** Forgets all sessions of a server and shows them. */
  void lose(int server, Consumer<Session> each) {
    Iterator<Session> sessions = open.values().iterator();
    while (sessions.hasNext()) {
      Session session = sessions.next();
      if (session.server == server) {
        sessions.remove();
        lost++;
        each.accept(session);
      }
    }
  }

  int held() {
    return open.size();
  }

  long opened() {
    return opened;
  }

  long ended() {
    return ended;
  }

  long lost() {
    return lost;
  }
}
