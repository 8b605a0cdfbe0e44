package dev.pharos;

import dev.pharos.http.Live;
import dev.pharos.push.Push;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The live feed behind its routes. */
record PushLive(Push push) implements Live {
  @Override
  public void connected(
      WsContext ctx, @Nullable Long cursor, Set<String> servers, Set<String> types) {
    push.connected(ctx, cursor, servers, types);
  }

  @Override
  public void disconnected(WsContext ctx) {
    push.disconnected(ctx);
  }

  @Override
  public void stream(Context ctx, @Nullable Long cursor, Set<String> servers, Set<String> types)
      throws IOException {
    push.stream(ctx, cursor, servers, types);
  }

  @Override
  public boolean full() {
    return push.full();
  }
}
