package dev.pharos.probe;

import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Target;
import dev.pharos.fleet.Transport;
import dev.pharos.fleet.TransportChoice;
import dev.pharos.mcp.Endpoint;
import dev.pharos.mcp.Known;
import dev.pharos.net.Header;
import dev.pharos.process.ChildSpec;
import dev.pharos.trace.Era;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in the words of the protocol layer where a target is. */
final class Endpoints {
  private Endpoints() {}

  static Endpoint of(Target target, int maxMessageBytes) {
    return switch (target.transport()) {
      case Transport.Http http ->
          new Endpoint.Http(http.url(), choice(http.choice()), headers(target.extraHeaders()));
      case Transport.Stdio stdio ->
          new Endpoint.Command(
              new ChildSpec(
                  stdio.command(), reveal(stdio.env()), stdio.directory(), maxMessageBytes));
    };
  }

  /** What a person said of the era, or what was found before. */
  static Known known(Target target, Known found) {
    Era pinned = pinned(target);
    return pinned == null ? found : new Known(pinned, found.transport(), true);
  }

  private static @Nullable Era pinned(Target target) {
    return switch (target.era()) {
      case AUTO -> null;
      case SESSION -> Era.SESSION;
      case STATELESS -> Era.STATELESS;
    };
  }

  private static Endpoint.Http.Choice choice(TransportChoice choice) {
    return switch (choice) {
      case AUTO -> Endpoint.Http.Choice.EITHER;
      case STREAMABLE_HTTP -> Endpoint.Http.Choice.STREAMABLE_ONLY;
      case SSE -> Endpoint.Http.Choice.SSE_ONLY;
    };
  }

  private static List<Header> headers(Map<String, Secret> headers) {
    List<Header> list = new ArrayList<>();
    headers.forEach((name, value) -> list.add(new Header(name, value.reveal())));
    return list;
  }

  private static Map<String, String> reveal(Map<String, Secret> env) {
    Map<String, String> revealed = new HashMap<>();
    env.forEach((name, value) -> revealed.put(name, value.reveal()));
    return revealed;
  }
}
