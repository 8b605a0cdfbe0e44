package dev.pharos.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real listener on the loopback interface that plays resource and authorization server: canned
 * answers by path, 404 for the rest. In its answers {@code {base}} stands for its own address.
 */
final class PretendWeb implements AutoCloseable {
  /** One request as it came. */
  record Seen(String method, String target, Map<String, List<String>> headers, String body) {
    @Nullable String header(String name) {
      for (Map.Entry<String, List<String>> header : headers.entrySet()) {
        if (header.getKey().equalsIgnoreCase(name)) {
          return header.getValue().getFirst();
        }
      }
      return null;
    }
  }

  private record Canned(int status, Map<String, String> headers, String body, boolean stalls) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Canned> answers = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  PretendWeb() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI url(String path) {
    return URI.create(base() + path);
  }

  PretendWeb json(String path, String body) {
    return answer(path, 200, Map.of("Content-Type", "application/json"), body);
  }

  PretendWeb answer(String path, int status, Map<String, String> headers, String body) {
    answers.put(path, new Canned(status, headers, body, false));
    return this;
  }

  /** Takes the request and then says nothing until closed. */
  PretendWeb stall(String path) {
    answers.put(path, new Canned(200, Map.of(), "", true));
    return this;
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  List<String> targets() {
    return seen.stream().map(request -> request.method() + " " + request.target()).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String target = exchange.getRequestURI().toString();
      Map<String, List<String>> headers = Map.copyOf(exchange.getRequestHeaders());
      seen.add(new Seen(exchange.getRequestMethod(), target, headers, body));
      Canned canned = answers.getOrDefault(target, new Canned(404, Map.of(), "nothing", false));
      if (canned.stalls() && closing.await(1, TimeUnit.MINUTES)) {
        return;
      }
      canned.headers().forEach((k, v) -> exchange.getResponseHeaders().add(k, filled(v)));
      byte[] bytes = filled(canned.body()).getBytes(UTF_8);
      exchange.sendResponseHeaders(canned.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String filled(String text) {
    return text.replace("{base}", base()).replace("{port}", String.valueOf(port()));
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
