package dev.pharos.http;

import dev.pharos.access.Access;
import dev.pharos.access.Verdict;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of every request, also of those that lead nowhere: the name that it was sent to,
 * the page that it came from, and whether its sender may come in. Thread-safe.
 */
final class Guard {
  static final String COOKIE = "pharos_session";

  /** Readable by our own page only, which sends it back in a header. */
  static final String TOKEN_COOKIE = "pharos_csrf";

  static final String TOKEN_HEADER = "X-CSRF-Token";

  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private final Hosts hosts;
  private final Access access;
  private final RequestOrigin origin;
  private final List<Pattern> open;

  Guard(Hosts hosts, Access access, RequestOrigin origin, Collection<Route> routes) {
    this.hosts = hosts;
    this.access = access;
    this.origin = origin;
    this.open =
        routes.stream().filter(route -> route.role() == Role.ANYONE).map(Guard::pattern).toList();
  }

  /** A parameter stands for one part of the path, as in the routes. */
  private static Pattern pattern(Route route) {
    String path = route.method() + " " + route.path();
    return Pattern.compile("\\Q" + path.replaceAll("\\{\\w+}", "\\\\E[^/]+\\\\Q") + "\\E");
  }

  /** Lets a request pass, or throws the problem to answer with. */
  void check(Context ctx) {
    String host = ctx.header("Host");
    if (host == null || !hosts.allow(host)) {
      throw new ProblemDetails(
              421,
              "unknown_host",
              "this monitor is not known under that name; add it to base_url in its settings")
          .thrown();
    }
    checkOrigin(ctx, host);
    if (access.guarded() && !open(ctx)) {
      checkVisitor(ctx);
    }
  }

  private void checkOrigin(Context ctx, String host) {
    String origin = ctx.header("Origin");
    boolean foreign = origin == null ? foreignFetch(ctx) : !hosts.sameOrigin(origin, host);
    if (foreign) {
      throw new ProblemDetails(
              403, "foreign_origin", "pages of other sites may not use this monitor")
          .thrown();
    }
  }

  /** Links from elsewhere may lead to our pages, but not set off anything. */
  private static boolean foreignFetch(Context ctx) {
    String site = ctx.header("Sec-Fetch-Site");
    if (site == null || site.equals("same-origin") || site.equals("none")) {
      return false;
    }
    boolean link = "navigate".equals(ctx.header("Sec-Fetch-Mode")) && safe(ctx);
    String path = ctx.path();
    return !link || path.startsWith("/api/") || path.equals("/probe");
  }

  private static boolean safe(Context ctx) {
    return SAFE.contains(ctx.req().getMethod());
  }

  private boolean open(Context ctx) {
    String method = ctx.req().getMethod();
    String line = (method.equals("HEAD") ? "GET" : method) + " " + ctx.path();
    return open.stream().anyMatch(each -> each.matcher(line).matches());
  }

  private void checkVisitor(Context ctx) {
    String authorization = ctx.header("Authorization");
    if (authorization != null) {
      checkPassword(ctx, authorization);
    } else if (!session(ctx)) {
      throw loginRequired(ctx);
    } else if (!safe(ctx) && !fromOwnPage(ctx)) {
      throw new ProblemDetails(
              403,
              "csrf_token_missing",
              "send the value of the cookie " + TOKEN_COOKIE + " as header " + TOKEN_HEADER)
          .thrown();
    }
    ctx.attribute(Exchange.ACTOR, "administrator");
  }

  /** Whether the request carries a session that lasts. */
  boolean session(Context ctx) {
    String token = ctx.cookie(COOKIE);
    return token != null && access.isOpen(token);
  }

  private boolean fromOwnPage(Context ctx) {
    String id = ctx.cookie(COOKIE);
    String token = ctx.header(TOKEN_HEADER);
    return id != null && token != null && access.isFromSession(id, token);
  }

  private void checkPassword(Context ctx, String authorization) {
    String[] pair = basic(authorization);
    if (pair == null) {
      throw loginRequired(ctx);
    }
    switch (access.verify(pair[1], origin.of(ctx))) {
      case Verdict.Granted _ -> {}
      case Verdict.Denied _ -> throw loginRequired(ctx);
      case Verdict.Slowed slowed -> throw slowed(slowed);
    }
  }

  static ProblemException slowed(Verdict.Slowed slowed) {
    return new ProblemDetails(429, "too_many_attempts", "too many wrong passwords; wait a little")
        .with("Retry-After", Long.toString(Math.max(1, slowed.retryAfter().toSeconds())))
        .thrown();
  }

  /** Browsers that show their own pages are not asked for a password by their own window. */
  private static ProblemException loginRequired(Context ctx) {
    ProblemDetails problem =
        new ProblemDetails(401, "login_required", "log in, or send the password as Basic");
    return ctx.header("Sec-Fetch-Mode") == null
        ? problem.with("WWW-Authenticate", "Basic realm=\"Pharos\", charset=\"UTF-8\"").thrown()
        : problem.thrown();
  }

  private static String @Nullable [] basic(String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(6).strip());
      String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      return pair.length == 2 ? pair : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
