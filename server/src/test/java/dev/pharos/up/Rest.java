package dev.pharos.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a monitor's REST. */
record Rest(URI base) {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** An answer as it came. */
  record Answer(int status, String text) {
    JsonNode json() {
      return JSON.readTree(text);
    }
  }

  /** Any request; {@code body} is sent as JSON unless it is empty. */
  Answer send(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1);
    if (body.isEmpty()) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(body));
    }
    try {
      HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What a GET answers, which must be 200. */
  JsonNode get(String path) {
    Answer answer = send("GET", path, "");
    assertThat(answer.status()).as("%s: %s", path, answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** Registers a server; the definition is JSON. */
  void register(String definition) {
    Answer answer = send("POST", "/api/v1/servers", definition);
    assertThat(answer.status()).as("%s", answer.text()).isEqualTo(201);
  }

  JsonNode server(String name) {
    return get("/api/v1/servers/" + name);
  }

  String health(String name) {
    return server(name).path("health_status").asString();
  }

  /** Its newest looks, newest first. */
  List<JsonNode> logs(String name) {
    return list(get("/api/v1/servers/" + name + "/logs?limit=1000").path("logs"));
  }

  /** Its spans, newest first. */
  List<JsonNode> spans(String name) {
    return list(get("/api/v1/servers/" + name + "/spans?limit=1000").path("spans"));
  }

  /** The value of a metric without labels. */
  double metric(String name) {
    return send("GET", "/metrics", "")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no metric " + name));
  }

  static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }
}
