package dev.pharos.http;

import dev.pharos.http.Exchange.Answering;

/**
 * One row of the route table.
 *
 * @param path with its parameters in braces, as OpenAPI writes them
 * @param operation the operation id in the OpenAPI file
 * @param kind how it is served
 */
record Route(
    Method method, String path, Role role, String operation, Kind kind, Answering answering) {
  enum Kind {
    PLAIN,
    /** An answer without an end: no HEAD, no compression. */
    STREAM,
    WEB_SOCKET
  }

  Route(Method method, String path, Role role, String operation, Answering answering) {
    this(method, path, role, operation, Kind.PLAIN, answering);
  }
}
