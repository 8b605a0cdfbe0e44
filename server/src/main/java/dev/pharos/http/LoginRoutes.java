package dev.pharos.http;

import static dev.pharos.http.Method.GET;
import static dev.pharos.http.Method.POST;

import dev.pharos.access.Access;
import dev.pharos.access.Session;
import dev.pharos.access.Verdict;
import dev.pharos.field.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Comes in and goes out. */
final class LoginRoutes {
  private static final int MAX_BODY = 8 * 1024;
  private static final int MAX_PASSWORD = 1_024;

  private final Access access;
  private final RequestOrigin origin;

  LoginRoutes(Access access, RequestOrigin origin) {
    this.access = access;
    this.origin = origin;
  }

  List<Route> routes() {
    return List.of(
        new Route(POST, "/api/v1/login", Role.ANYONE, "login", this::login),
        new Route(POST, "/api/v1/logout", Role.ANYONE, "logout", this::logout),
        new Route(GET, "/api/v1/session", Role.ANYONE, "getSession", this::session));
  }

  private void login(Exchange exchange) throws IOException {
    boolean form = exchange.mediaType().equals("application/x-www-form-urlencoded");
    String password = form ? formPassword(exchange.text(MAX_BODY)) : password(exchange.object());
    if (!access.guarded()) {
      throw new Conflict("no_password", "no administrator's password is set: nothing to log in to");
    }
    Context ctx = exchange.context();
    switch (access.verify(password, origin.of(ctx))) {
      case Verdict.Granted _ -> {
        Session session = access.open();
        cookies(ctx, session.id(), session.csrfToken(), session.maxAge());
        welcome(exchange, form, session);
      }
      case Verdict.Denied _ ->
          throw new ProblemDetails(401, "wrong_password", "the password is wrong").thrown();
      case Verdict.Slowed slowed -> throw Guard.slowed(slowed);
    }
  }

  private static void welcome(Exchange exchange, boolean form, Session session) {
    if (form) {
      exchange.set("Location", "/").bytes(303, "text/plain", new byte[0]);
    } else {
      exchange.json(
          Json.object()
              .put("login_required", true)
              .put("logged_in", true)
              .put("csrf_token", session.csrfToken()));
    }
  }

  private static String password(ObjectNode body) {
    List<Problem> errors = new ArrayList<>();
    for (String name : body.propertyNames()) {
      if (!name.equals("password")) {
        errors.add(new Problem(shortened(name), "unknown; known is password"));
      }
    }
    JsonNode password = body.path("password");
    if (!password.isString() || password.asString().isEmpty()) {
      errors.add(new Problem("password", "must be a text"));
    } else if (password.asString().length() > MAX_PASSWORD) {
      errors.add(new Problem("password", "is longer than " + MAX_PASSWORD + " characters"));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return password.asString();
  }

  private static String shortened(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "…" : name;
  }

  private static String formPassword(String body) {
    for (String pair : body.split("&", -1)) {
      if (pair.startsWith("password=")) {
        try {
          String password = URLDecoder.decode(pair.substring(9), StandardCharsets.UTF_8);
          if (!password.isEmpty() && password.length() <= MAX_PASSWORD) {
            return password;
          }
        } catch (IllegalArgumentException e) {
          break;
        }
      }
    }
    throw new InvalidInput(List.of(new Problem("password", "must be a text")));
  }

  private void logout(Exchange exchange) {
    String token = exchange.context().cookie(Guard.COOKIE);
    if (token != null) {
      access.close(token);
    }
    cookies(exchange.context(), "", "", Duration.ZERO);
    exchange.nothing();
  }

  private void session(Exchange exchange) {
    String token = exchange.context().cookie(Guard.COOKIE);
    boolean guarded = access.guarded();
    exchange.json(
        Json.object()
            .put("login_required", guarded)
            .put("logged_in", Visitor.inside(access, token)));
  }

  private static void cookies(Context ctx, String session, String token, Duration life) {
    boolean secure = "https".equals(ctx.scheme()) || "https".equalsIgnoreCase(forwarded(ctx));
    String end = "; Path=/; Max-Age=" + life.toSeconds() + "; SameSite=Strict";
    String all = secure ? end + "; Secure" : end;
    ctx.res().addHeader("Set-Cookie", Guard.COOKIE + "=" + session + all + "; HttpOnly");
    ctx.res().addHeader("Set-Cookie", Guard.TOKEN_COOKIE + "=" + token + all);
  }

  /** What a proxy in front of us says; believing it can only make the cookie stricter. */
  private static @Nullable String forwarded(Context ctx) {
    return ctx.header("X-Forwarded-Proto");
  }
}
