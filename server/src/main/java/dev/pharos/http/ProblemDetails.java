package dev.pharos.http;

import dev.pharos.field.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a request was not served, as RFC 9457 has it.
 *
 * @param code a public name in lower case
 * @param detail one line for a person
 * @param errors every field that is wrong
 * @param headers to be sent with it
 */
record ProblemDetails(
    int status, String code, String detail, List<Problem> errors, Map<String, String> headers) {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad request"),
          Map.entry(401, "Login required"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not found"),
          Map.entry(405, "Method not allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Too large"),
          Map.entry(414, "Address too long"),
          Map.entry(415, "Unsupported media type"),
          Map.entry(421, "Misdirected request"),
          Map.entry(422, "Invalid input"),
          Map.entry(426, "Upgrade required"),
          Map.entry(429, "Too many attempts"),
          Map.entry(431, "Headers too large"),
          Map.entry(500, "Internal error"),
          Map.entry(503, "Unavailable"));

  ProblemDetails {
    errors = List.copyOf(errors);
    headers = Map.copyOf(headers);
  }

  ProblemDetails(int status, String code, String detail) {
    this(status, code, detail, List.of(), Map.of());
  }

  ProblemDetails with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new ProblemDetails(status, code, detail, errors, all);
  }

  ProblemDetails with(List<Problem> all) {
    return new ProblemDetails(status, code, detail, all, headers);
  }

  ProblemException thrown() {
    return new ProblemException(this);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "urn:pharos:problem:" + code);
    json.put("title", TITLES.getOrDefault(status, "Request failed"));
    json.put("status", status);
    json.put("detail", detail);
    if (!errors.isEmpty()) {
      json.set("errors", list(errors));
    }
    return json;
  }

  static ArrayNode list(List<Problem> problems) {
    return Json.list(
        problems.stream()
            .map(each -> Json.object().put("field", each.field()).put("message", each.message())));
  }
}
