package dev.pharos.http;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds the routes, the server and the description of the API to each other. */
class RouteTableTest {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private static WebFixture web;
  private static JsonNode api;

  @BeforeAll
  static void start() throws IOException {
    web = new WebFixture();
    try (InputStream in =
        Objects.requireNonNull(RouteTableTest.class.getResourceAsStream("/openapi.yaml"))) {
      api = new YAMLMapper().readTree(in);
    }
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static Set<String> described() {
    Set<String> all = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          all.add(
              method.getKey().toUpperCase(Locale.ROOT)
                  + " "
                  + path.getKey()
                  + " "
                  + method.getValue().path("operationId").asString());
        }
      }
    }
    return all;
  }

  @Test
  void every_route_is_described_and_everything_described_is_a_route() {
    Set<String> routes =
        web.web.routes().stream()
            .map(route -> route.method() + " " + route.path() + " " + route.operation())
            .collect(toCollection(TreeSet::new));

    assertThat(described()).isEqualTo(routes);
  }

  @Test
  void the_server_serves_the_routes_and_nothing_else() {
    Set<String> wanted = new TreeSet<>();
    for (Route route : web.web.routes()) {
      wanted.add(route.method() + " " + route.path());
      if (route.method() == Method.GET && route.kind() == Route.Kind.PLAIN) {
        wanted.add("HEAD " + route.path());
      }
    }
    Set<String> served =
        web.web.server().unsafe.internalRouter.allHttpHandlers().stream()
            .map(each -> each.endpoint)
            .filter(endpoint -> endpoint.method.isHttpMethod())
            .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
            .collect(toCollection(TreeSet::new));

    assertThat(served).isEqualTo(wanted);
    assertThat(web.web.server().unsafe.internalRouter.allWsHandlers())
        .extracting(each -> each.getPath())
        .containsExactly("/ws");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v1/servers/",
        "/api/v2/servers",
        "/api/v1/servers/a/b/c",
        "/index.html",
        "/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/openapi.yaml/",
        "/favicon.ico",
        "/actuator"
      })
  void what_is_no_route_is_not_found(String path) {
    var response = web.get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void path_parameters_are_described() {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      Matcher matcher = PARAMETER.matcher(path.getKey());
      while (matcher.find()) {
        boolean there = false;
        for (JsonNode parameter : path.getValue().path("parameters")) {
          there |= resolved(parameter).path("name").asString().equals(matcher.group(1));
        }
        if (!there) {
          missing.add(path.getKey() + " " + matcher.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_answer_with_a_body_has_a_named_schema() {
    List<String> nameless = new ArrayList<>();
    for (JsonNode path : api.path("paths")) {
      for (JsonNode operation : path) {
        for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
          for (JsonNode content : resolved(response.getValue()).path("content")) {
            if (!content.path("schema").path("$ref").isString()) {
              nameless.add(operation.path("operationId").asString() + " " + response.getKey());
            }
          }
        }
      }
    }
    assertThat(nameless).isEmpty();
  }

  @Test
  void every_operation_says_what_its_problems_are() {
    for (JsonNode path : api.path("paths")) {
      for (JsonNode operation : path) {
        if (operation.has("operationId")) {
          assertThat(operation.path("responses").path("default").path("$ref").asString())
              .as(operation.path("operationId").asString())
              .isEqualTo("#/components/responses/Problem");
        }
      }
    }
  }

  @Test
  void every_reference_leads_somewhere() {
    List<String> dead = new ArrayList<>();
    for (JsonNode reference : api.findValues("$ref")) {
      if (api.at(reference.asString().substring(1)).isMissingNode()) {
        dead.add(reference.asString());
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void the_description_is_served() {
    var response = web.get("/openapi.yaml");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith("openapi: 3.1.0");
  }

  @Test
  void handlers_run_on_virtual_threads() {
    boolean[] virtual = new boolean[1];
    web.onReadiness = () -> virtual[0] = Thread.currentThread().isVirtual();

    web.get("/health/ready");

    assertThat(virtual[0]).isTrue();
  }

  private static JsonNode resolved(JsonNode node) {
    return node.path("$ref").isString() ? api.at(node.path("$ref").asString().substring(1)) : node;
  }
}
