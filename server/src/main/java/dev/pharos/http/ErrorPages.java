package dev.pharos.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers in place of the server's own error pages: what never reached a route. */
final class ErrorPages extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ProblemDetails problem = problem(response.getStatus());
    HttpFields.Mutable headers = response.getHeaders();
    SafetyHeaders.all().forEach(headers::put);
    headers.put(HttpHeader.CONTENT_TYPE, ProblemDetails.CONTENT_TYPE);
    response.write(true, ByteBuffer.wrap(Problems.bytes(problem)), callback);
    return true;
  }

  private static ProblemDetails problem(int status) {
    return switch (status) {
      case 404 -> new ProblemDetails(404, "no_such_route", "there is nothing at this address");
      case 405 ->
          new ProblemDetails(405, "method_not_allowed", "this address does not take that method");
      case 413 -> new ProblemDetails(413, "too_large", "the request is too large");
      case 414 -> new ProblemDetails(414, "too_large", "the address is too long");
      case 431 -> new ProblemDetails(431, "too_large", "the headers are too large");
      default ->
          status >= 400 && status < 500
              ? new ProblemDetails(status, "bad_request", "the request cannot be understood")
              : new ProblemDetails(status, "internal_error", "something went wrong in the monitor");
    };
  }
}
