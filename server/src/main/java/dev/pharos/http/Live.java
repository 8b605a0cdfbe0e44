package dev.pharos.http;

import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The live feed. An empty set means all; the cursor is the last event that the client has. */
public interface Live {
  void connected(WsContext ctx, @Nullable Long cursor, Set<String> servers, Set<String> types);

  void disconnected(WsContext ctx);

  /** Serves until the client goes. */
  void stream(Context ctx, @Nullable Long cursor, Set<String> servers, Set<String> types)
      throws IOException;

  /** Whether no further client is taken. */
  boolean full();
}
