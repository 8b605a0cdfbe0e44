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
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A browser behind a proxy: its cookies go to whichever replica it meets. */
final class Person implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private String cookies = "";
  private String token = "";

  /** Logs in at a replica; returns the status. */
  int login(URI at, String password) {
    HttpResponse<String> answer =
        send(at, "POST", "/api/v1/login", "{\"password\":\"%s\"}".formatted(password));
    if (answer.statusCode() == 200) {
      cookies =
          answer.headers().allValues("Set-Cookie").stream()
              .map(each -> each.split(";", 2)[0])
              .collect(Collectors.joining("; "));
      token = Rest.JSON.readTree(answer.body()).path("csrf_token").asString();
    }
    return answer.statusCode();
  }

  /** The status of a page that only who is in may see. */
  int look(URI at) {
    return send(at, "GET", "/api/v1/summary", "").statusCode();
  }

  JsonNode get(URI at, String path) {
    HttpResponse<String> answer = send(at, "GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Rest.JSON.readTree(answer.body());
  }

  JsonNode ask(URI at, String method, String path) {
    HttpResponse<String> answer = send(at, method, path, "");
    assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
    return Rest.JSON.readTree(answer.body());
  }

  HttpResponse<String> send(URI at, String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies).header("X-CSRF-Token", token);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Listens to a replica's feed; done with its code when the replica ends that. */
  CompletableFuture<Integer> listen(URI at) {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    URI uri = URI.create(at.toString().replaceFirst("^http", "ws")).resolve("/ws");
    var _ =
        client
            .newWebSocketBuilder()
            .header("Cookie", cookies)
            .buildAsync(
                uri,
                new WebSocket.Listener() {
                  @Override
                  public @Nullable CompletionStage<?> onClose(
                      WebSocket socket, int code, String reason) {
                    end.complete(code);
                    return null;
                  }
                })
            .join();
    return end;
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
