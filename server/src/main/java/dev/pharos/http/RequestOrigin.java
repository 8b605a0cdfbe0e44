package dev.pharos.http;

import dev.pharos.access.TrustedProxies;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;

/** From whose address a request comes: through the proxies that we trust, else as it arrives. */
record RequestOrigin(TrustedProxies proxies) {
  InetAddress of(Context ctx) {
    InetAddress peer = InetAddress.ofLiteral(ctx.ip().replaceAll("[\\[\\]]", ""));
    List<String> forwarded = Collections.list(ctx.req().getHeaders("X-Forwarded-For"));
    return proxies.client(peer, forwarded);
  }
}
