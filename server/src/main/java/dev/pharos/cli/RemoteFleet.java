package dev.pharos.cli;

import dev.pharos.definition.FleetFile;
import dev.pharos.field.Problem;
import dev.pharos.fleet.Secret;
import dev.pharos.registry.ImportPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The definitions of a monitor that runs, over its REST interface. */
final class RemoteFleet implements FleetAccess {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int UNPROCESSABLE = 422;

  private final URI address;
  private final @Nullable Secret password;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * @param address as a person opens it
   * @param password the administrator's, or null for none
   */
  RemoteFleet(URI address, @Nullable Secret password) {
    this.address = address;
    this.password = password;
  }

  @Override
  public ImportPlan plan(FleetFile file) throws IOException {
    return send(file, true);
  }

  @Override
  public ImportPlan take(FleetFile file) throws IOException {
    ImportPlan plan = plan(file);
    return plan.problems().isEmpty() ? send(file, false) : plan;
  }

  private ImportPlan send(FleetFile file, boolean dryRun) throws IOException {
    String query = "api/v1/import?dry_run=" + dryRun + "&merge=" + !file.complete();
    HttpRequest.Builder request =
        request(query)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(file.text()));
    JsonNode answer = json(answer(request));
    List<Problem> leftOut = new ArrayList<>(file.leftOut());
    leftOut.addAll(problems(answer.path("left_out")));
    List<Problem> problems = new ArrayList<>(file.problems());
    problems.addAll(problems(answer.path("problems")));
    return new ImportPlan(
        words(answer.path("added")),
        answer.path("changed").values().stream()
            .map(each ->
                new ImportPlan.Change(each.path("name").asString(""), words(each.path("fields"))))
            .toList(),
        words(answer.path("unchanged")),
        List.of(),
        leftOut,
        problems);
  }

  @Override
  public String export() throws IOException {
    return answer(request("api/v1/export").GET());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(PATIENCE)
            .header("Accept", "application/json, application/yaml");
    if (password != null) {
      byte[] pair = ("admin:" + password.reveal()).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return request;
  }

  private String answer(HttpRequest.Builder request) throws IOException {
    HttpResponse<String> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException("no monitor answers at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (response.statusCode() == 401) {
      throw new IOException(
          "the monitor asks for the administrator's password: give it in PHAROS_ADMIN_PASSWORD");
    }
    if (response.statusCode() >= 400) {
      throw new IOException(refusal(response));
    }
    return response.body();
  }

  private static String refusal(HttpResponse<String> response) throws IOException {
    JsonNode problem = json(response.body());
    String detail = problem.path("detail").asString("");
    String all =
        response.statusCode() == UNPROCESSABLE
            ? String.join(
                "; ", problems(problem.path("errors")).stream().map(PlaceOptions::line).toList())
            : "";
    return "the monitor says: "
        + (all.isEmpty() ? detail.isEmpty() ? "HTTP " + response.statusCode() : detail : all);
  }

  private static JsonNode json(String text) throws IOException {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw new IOException("what answers there is no Pharos", e);
    }
  }

  private static List<String> words(JsonNode list) {
    return list.values().stream().map(each -> each.asString("")).toList();
  }

  private static List<Problem> problems(JsonNode list) {
    return list.values().stream()
        .map(
            each -> new Problem(each.path("field").asString(""), each.path("message").asString("")))
        .toList();
  }

  @Override
  public void close() {
    client.close();
  }
}
