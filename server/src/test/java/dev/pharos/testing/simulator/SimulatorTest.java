package dev.pharos.testing.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class SimulatorTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    client.shutdownNow();
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void a_session_is_opened_used_and_ended() throws Exception {
    Simulator simulator = start("servers=3");
    URI server = simulator.uri(2);

    HttpResponse<String> opened = post(server, null, "initialize", 1);
    assertThat(opened.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(opened.body()).at("/result/serverInfo/name").asString())
        .isEqualTo("simulated");
    String session = opened.headers().firstValue("mcp-session-id").orElseThrow();

    assertThat(post(server, session, "notifications/initialized", null).statusCode())
        .isEqualTo(202);
    assertThat(post(server, session, "ping", 2).body())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}");
    assertThat(JSON.readTree(post(server, session, "tools/list", 3).body()).at("/result/tools"))
        .hasSize(20);
    assertThat(send("DELETE", server, session).statusCode()).isEqualTo(204);
    assertThat(post(server, session, "tools/list", 4).statusCode()).isEqualTo(404);

    Stats stats = simulator.stats();
    assertThat(stats.sessionsOpened()).isEqualTo(1);
    assertThat(stats.sessionsEnded()).isEqualTo(1);
    assertThat(stats.sessionsHeld()).isZero();
    assertThat(stats.requests("tools/list")).isEqualTo(2);
    assertThat(stats.requests("DELETE")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1,2048", "20,10240", "20,10247", "200,100000"})
  void the_tools_fill_the_length_that_is_set(int tools, int bytes) throws Exception {
    URI server = start("tools=" + tools, "bytes=" + bytes).uri(0);

    String body = post(server, session(server), "tools/list", 1).body();

    assertThat(body).hasSize(bytes);
    assertThat(JSON.readTree(body).at("/result/tools")).hasSize(tools);
  }

  @Test
  void a_changing_list_differs_each_time_and_any_other_never() throws Exception {
    URI changing = start("changing").uri(0);
    URI same = start("same").uri(0);
    String one = session(changing);
    String other = session(same);

    List<String> lists = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      lists.add(post(changing, one, "tools/list", 7).body());
    }
    assertThat(lists).doesNotHaveDuplicates().allMatch(list -> list.length() == 10_240);
    assertThat(post(same, other, "tools/list", 7).body())
        .isEqualTo(post(same, other, "tools/list", 7).body());
  }

  @Test
  void event_streams_hold_the_same_answer_as_json() throws Exception {
    URI json = start("json").uri(0);
    URI sse = start("sse").uri(0);

    HttpResponse<String> answer = post(sse, session(sse), "tools/list", 5);

    assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(answer.body())
        .isEqualTo(
            "event: message\ndata: " + post(json, session(json), "tools/list", 5).body() + "\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"seven\"", "\"a \\\"quoted\\\" id\"", "-1"})
  void the_id_comes_back_as_it_went(String id) throws Exception {
    URI server = start("bytes=0", "tools=0").uri(0);
    String body =
        """
        {"params":{"id":99,"method":"no","s":"}\\"{"}, "method" : "ping", "id" : %s }\
        """
            .formatted(id);

    assertThat(post(server, session(server), body).body())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}");
  }

  @Test
  void prompts_and_resources_are_there_on_demand() throws Exception {
    URI without = start().uri(0);
    URI with = start("prompts=2", "resources=3").uri(0);
    String session = session(with);

    assertThat(post(without, session(without), "prompts/list", 1).body()).contains("-32601");
    assertThat(JSON.readTree(post(with, session, "prompts/list", 1).body()).at("/result/prompts"))
        .hasSize(2);
    assertThat(
            JSON.readTree(post(with, session, "resources/list", 1).body()).at("/result/resources"))
        .hasSize(3);
  }

  @Test
  void a_request_outside_a_session_is_refused() throws Exception {
    URI server = start("servers=2").uri(0);
    URI other = server.resolve("/s/1/mcp");

    assertThat(post(server, null, "tools/list", 1).statusCode()).isEqualTo(400);
    assertThat(post(server, "made-up", "tools/list", 1).statusCode()).isEqualTo(404);
    assertThat(post(other, session(server), "tools/list", 1).statusCode()).isEqualTo(404);
    assertThat(post(server.resolve("/s/2/mcp"), null, "initialize", 1).statusCode()).isEqualTo(404);
  }

  @Test
  void a_stateless_server_answers_without_a_session() throws Exception {
    URI server = start("stateless").uri(0);

    JsonNode tools = JSON.readTree(post(server, null, "tools/list", 1).body()).get("result");
    assertThat(tools.get("tools")).hasSize(20);
    assertThat(tools.get("resultType").asString()).isEqualTo("complete");
    assertThat(tools.get("ttlMs").asInt()).isZero();
    assertThat(post(server, null, "server/discover", 1).body()).contains("supportedVersions");
    assertThat(post(server, null, "initialize", 1).body()).contains("-32022");
    assertThat(post(server, null, "ping", 1).statusCode()).isEqualTo(404);
    assertThat(send("DELETE", server, null).statusCode()).isEqualTo(405);
  }

  @Test
  void a_subscription_is_acknowledged_and_held() throws Exception {
    Simulator simulator = start("stateless");
    InputStream stream =
        client
            .send(
                request(simulator.uri(0), null)
                    .POST(BodyPublishers.ofString(message("subscriptions/listen", 4)))
                    .build(),
                BodyHandlers.ofInputStream())
            .body();

    BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
    assertThat(lines.readLine()).isEqualTo("event: message");
    assertThat(lines.readLine())
        .contains("notifications/subscriptions/acknowledged")
        .endsWith("subscriptionId\":4}}}");
    assertThat(simulator.stats().streamsHeld()).isEqualTo(1);
    stream.close();
    await().until(() -> simulator.stats().streamsHeld() == 0);
  }

  @Test
  void a_stream_is_held_until_its_session_ends() throws Exception {
    Simulator simulator = start();
    URI server = simulator.uri(0);
    String session = session(server);
    InputStream stream = stream(server, session);
    assertThat(simulator.stats().streamsHeld()).isEqualTo(1);

    send("DELETE", server, session);

    assertThat(stream.read()).isEqualTo(-1);
    await().until(() -> simulator.stats().streamsHeld() == 0);
  }

  @Test
  void streams_can_be_refused() throws Exception {
    URI server = start("no-streams").uri(0);

    assertThat(send("GET", server, session(server)).statusCode()).isEqualTo(405);
  }

  @Test
  void a_server_that_goes_down_resets_its_own_connections_only() throws Exception {
    Simulator simulator = start("servers=2");
    InputStream doomed = stream(simulator.uri(0), session(simulator.uri(0)));
    String survivor = session(simulator.uri(1));
    stream(simulator.uri(1), survivor);

    simulator.fault(0, new Fault.Down());

    assertThatThrownBy(doomed::read).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> post(simulator.uri(0), null, "initialize", 1))
        .isInstanceOf(IOException.class);
    assertThat(post(simulator.uri(1), survivor, "ping", 1).statusCode()).isEqualTo(200);
    assertThat(simulator.stats().streamsHeld()).isEqualTo(1);
    assertThat(simulator.stats().sessionsLost()).isEqualTo(1);
    assertThat(simulator.stats().down()).isEqualTo(1);

    simulator.fault(0, new Fault.None());
    assertThat(post(simulator.uri(0), null, "initialize", 1).statusCode()).isEqualTo(200);
  }

  @Test
  void faults_are_set_from_outside() throws Exception {
    Simulator simulator = start("servers=10");
    URI control = simulator.endpoints().getFirst().resolve("/control");
    String session = session(simulator.uri(0));

    assertThat(post(control, null, "0-4 status 503\n9 down").statusCode()).isEqualTo(200);
    assertThat(post(simulator.uri(4), null, "initialize", 1).statusCode()).isEqualTo(503);
    assertThat(post(simulator.uri(5), null, "initialize", 1).statusCode()).isEqualTo(200);
    assertThat(simulator.faultOf(9)).isEqualTo(new Fault.Down());

    post(control, null, "all none");
    assertThat(post(simulator.uri(0), session, "ping", 1).statusCode()).isEqualTo(200);
    post(control, null, "0 lose-sessions");
    assertThat(post(simulator.uri(0), session, "ping", 1).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10 down", "0-10 down", "x down", "0 sulk", "0", "0 slow", "-1 down"})
  void a_wrong_order_is_refused_and_changes_nothing(String order) throws Exception {
    Simulator simulator = start("servers=10");
    URI control = simulator.endpoints().getFirst().resolve("/control");

    assertThat(post(control, null, "1 down\n" + order).statusCode()).isEqualTo(400);
    assertThat(simulator.stats().down()).isZero();
  }

  @Test
  void a_slow_server_takes_its_time_and_holds_up_no_other() throws Exception {
    Simulator simulator = start("servers=2");
    simulator.fault(0, new Fault.Slow(60_000));
    var slow = client.sendAsync(initialize(simulator.uri(0)), BodyHandlers.ofString());
    assertThat(post(simulator.uri(1), null, "initialize", 1).statusCode()).isEqualTo(200);
    assertThat(slow).isNotDone();

    simulator.fault(1, new Fault.Slow(50));
    long start = System.nanoTime();
    assertThat(post(simulator.uri(1), null, "initialize", 1).statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(49));
  }

  @Test
  void a_flipping_server_goes_down_and_comes_back() throws Exception {
    Simulator simulator = start();

    simulator.fault(0, new Fault.Flip(5, 5, 42));

    await().until(() -> simulator.stats().flips() >= 4);
    simulator.fault(0, new Fault.None());
    long flips = simulator.stats().flips();
    assertThat(post(simulator.uri(0), null, "initialize", 1).statusCode()).isEqualTo(200);
    assertThat(simulator.stats().flips()).isEqualTo(flips);
  }

  @Test
  void requests_may_come_in_pieces_and_several_at_once() throws Exception {
    Simulator simulator = start();
    URI server = simulator.uri(0);
    String session = session(server);
    String body = message("ping", 8);
    String request =
        "POST %s HTTP/1.1\r\nHost: x\r\nMCP-SESSION-ID: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(server.getPath(), session, body.length(), body);
    String last = request.replace("Host: x", "Connection: close");

    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setTcpNoDelay(true);
      for (byte each : request.getBytes(US_ASCII)) {
        socket.getOutputStream().write(each);
      }
      socket.getOutputStream().write((request + last).getBytes(US_ASCII));
      String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answers.split("\"id\":8", -1)).hasSize(4);
    }
  }

  @Test
  void a_slow_reader_gets_the_whole_of_a_large_answer() throws Exception {
    Simulator simulator = start("tools=5000", "bytes=5000000");
    URI server = simulator.uri(0);

    assertThat(post(server, session(server), "tools/list", 1).body()).hasSize(5_000_000);
  }

  @Test
  void servers_are_dealt_out_over_addresses_and_ports() throws Exception {
    Simulator simulator = start("servers=8", "addresses=2", "ports=2");

    assertThat(simulator.endpoints()).hasSize(4).doesNotHaveDuplicates();
    assertThat(simulator.uri(3).getHost()).isEqualTo("127.0.0.2");
    for (int i = 0; i < 8; i++) {
      assertThat(post(simulator.uri(i), null, "initialize", 1).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void the_figures_can_be_read_from_outside() throws Exception {
    Simulator simulator = start("servers=5");
    session(simulator.uri(0));

    JsonNode stats =
        JSON.readTree(send("GET", simulator.endpoints().getFirst().resolve("/stats"), null).body());

    assertThat(stats.get("servers").asInt()).isEqualTo(5);
    assertThat(stats.get("sessions_held").asInt()).isEqualTo(1);
    assertThat(stats.at("/requests/initialize").asInt()).isEqualTo(1);
    assertThat(stats.get("cpu_micros").asLong()).isPositive();
  }

  private Simulator start(String... options) throws IOException {
    Simulator simulator = Simulator.start(SimulatorSettings.of(options));
    open.add(simulator);
    return simulator;
  }

  private String session(URI server) throws Exception {
    return post(server, null, "initialize", 1).headers().firstValue("mcp-session-id").orElseThrow();
  }

  private InputStream stream(URI server, String session) throws Exception {
    HttpResponse<InputStream> answer =
        client.send(request(server, session).GET().build(), BodyHandlers.ofInputStream());
    open.add(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static HttpRequest initialize(URI server) {
    return request(server, null).POST(BodyPublishers.ofString(message("initialize", 1))).build();
  }

  private static String message(String method, @Nullable Integer id) {
    return "{\"jsonrpc\":\"2.0\","
        + (id == null ? "" : "\"id\":" + id + ",")
        + "\"method\":\""
        + method
        + "\"}";
  }

  private HttpResponse<String> post(
      URI server, @Nullable String session, String method, @Nullable Integer id) throws Exception {
    return post(server, session, message(method, id));
  }

  private HttpResponse<String> post(URI server, @Nullable String session, String body)
      throws Exception {
    return client.send(
        request(server, session).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String verb, URI server, @Nullable String session)
      throws Exception {
    return client.send(
        request(server, session).method(verb, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(URI server, @Nullable String session) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server).timeout(Duration.ofSeconds(20));
    return session == null ? request : request.header("Mcp-Session-Id", session);
  }
}
