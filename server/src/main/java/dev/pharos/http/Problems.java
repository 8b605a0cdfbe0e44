package dev.pharos.http;

import dev.pharos.field.Problem;
import dev.pharos.fleet.Unavailable;
import dev.pharos.registry.NameTaken;
import dev.pharos.registry.Rejected;
import dev.pharos.registry.StaleVersion;
import dev.pharos.settings.Rejection;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what went wrong into what is answered. Nothing of an unknown exception leaves. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  static ProblemDetails of(Exception e, String path) {
    return switch (e) {
      case ProblemException it -> it.problem();
      case InvalidInput it -> invalid(it.errors());
      case Rejected it -> rejected(it);
      case Rejection it -> invalid(it.problems());
      case NotThere it -> new ProblemDetails(404, "not_found", message(it));
      case Conflict it -> new ProblemDetails(409, it.code(), message(it));
      case NameTaken it ->
          new ProblemDetails(409, "name_taken", message(it))
              .with(List.of(new Problem("name", "a server of that name is registered already")));
      case StaleVersion it -> new ProblemDetails(409, "stale_version", message(it));
      case Unavailable it ->
          new ProblemDetails(503, "unavailable", message(it)).with("Retry-After", "5");
      case MethodNotAllowedResponse it ->
          new ProblemDetails(405, "method_not_allowed", "this address does not take that method")
              .with("Allow", allowed(it));
      case NotFoundResponse _ ->
          new ProblemDetails(404, "no_such_route", "there is nothing at this address");
      case HttpResponseException it ->
          new ProblemDetails(it.getStatus(), "refused", "the request was refused");
      default -> unknown(e, path);
    };
  }

  private static ProblemDetails invalid(List<Problem> problems) {
    return new ProblemDetails(422, "invalid_input", "the input has mistakes; nothing was changed")
        .with(problems);
  }

  private static ProblemDetails rejected(Rejected e) {
    return switch (e.reason()) {
      case INVALID -> invalid(e.problems());
      case UNKNOWN -> new ProblemDetails(404, "not_found", message(e));
      case STALE -> new ProblemDetails(409, "stale_version", message(e)).with(e.problems());
      case LOCKED -> new ProblemDetails(409, "managed_by_file", message(e)).with(e.problems());
    };
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null ? "the request was refused" : message;
  }

  /** HEAD goes wherever GET goes. */
  private static String allowed(MethodNotAllowedResponse e) {
    var methods = new TreeSet<String>();
    e.getDetails().values().forEach(all -> methods.addAll(List.of(all.split(", ", -1))));
    return String.join(", ", methods);
  }

  private static ProblemDetails unknown(Exception e, String path) {
    String id = UUID.randomUUID().toString();
    LOG.atError()
        .setCause(e)
        .addKeyValue("id", id)
        .addKeyValue("path", path)
        .log("a request failed");
    return new ProblemDetails(
        500,
        "internal_error",
        "something went wrong in the monitor; its log says more under " + id);
  }

  static void answer(Context ctx, ProblemDetails problem) {
    problem.headers().forEach(ctx::header);
    ctx.status(problem.status());
    // JSON is UTF-8 and takes no charset, which would be added else.
    ctx.res().setCharacterEncoding(null);
    ctx.contentType(ProblemDetails.CONTENT_TYPE);
    ctx.header("Cache-Control", "no-store");
    ctx.result(bytes(problem));
  }

  /** Where no result is written for us: before a WebSocket begins. */
  static void answer(HttpServletResponse response, ProblemDetails problem) throws IOException {
    problem.headers().forEach(response::setHeader);
    response.setStatus(problem.status());
    response.setContentType(ProblemDetails.CONTENT_TYPE);
    response.getOutputStream().write(bytes(problem));
  }

  static byte[] bytes(ProblemDetails problem) {
    return problem.json().toString().getBytes(StandardCharsets.UTF_8);
  }
}
