package dev.pharos.http;

import io.javalin.http.HandlerType;

/** The methods that routes have; HEAD goes with GET. */
enum Method {
  GET(HandlerType.GET),
  POST(HandlerType.POST),
  PUT(HandlerType.PUT),
  PATCH(HandlerType.PATCH),
  DELETE(HandlerType.DELETE);

  @SuppressWarnings("ImmutableEnumChecker") // a record of a string and a flag
  private final HandlerType type;

  Method(HandlerType type) {
    this.type = type;
  }

  HandlerType type() {
    return type;
  }
}
