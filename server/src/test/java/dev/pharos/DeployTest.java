package dev.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.config.BadConfiguration;
import dev.pharos.config.ConfigReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds what lies in {@code deploy/} to the program: its settings, paths and ports. */
class DeployTest {
  private static final Pattern VARIABLE = Pattern.compile("\\b(PHAROS_[A-Z0-9_]*[A-Z0-9])\\b");
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "\\b(PHAROS_(?:ADMIN_PASSWORD|SECRET_KEY|DATABASE_URL|REDIS_URL)|POSTGRES_PASSWORD)"
              + "\\s*[:=]");
  private static final Pattern PROBED =
      Pattern.compile("(?:\\bpath: (?=/[a-z])|health_uri |GET |metrics_path: )(/[\\w/.-]*)");
  private static final Pattern PORT =
      Pattern.compile(
          "(?:EXPOSE |PHAROS_PORT[:=]-?|containerPort: |[ {]port: |port=|127\\.0\\.0\\.1:|pharos-\\d:"
              + "|localhost:|http://:|:)(8\\d{3})\\b");

  static List<String> yaml() {
    return DeployFiles.named(".yaml", ".yml");
  }

  private static List<String> problems(Map<String, String> environment) {
    try {
      var _ = new ConfigReader(environment, Map.of(), Path.of("data")).read(null);
      return List.of();
    } catch (BadConfiguration e) {
      return e.problems().stream().map(each -> each.field() + " " + each.message()).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void every_yaml_file_can_be_read_and_names_nothing_twice(String name) {
    assertThat(DeployFiles.tree(name).isObject()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = "grafana/pharos.json")
  void every_json_file_can_be_read(String name) {
    assertThat(DeployFiles.named(".json")).contains(name).hasSize(1);
    assertThat(new JsonMapper().readTree(DeployFiles.text(name)).isObject()).isTrue();
  }

  @Test
  void every_variable_is_one_that_the_program_knows() {
    Set<String> used = new TreeSet<>();
    DeployFiles.texts().values().forEach(text -> used.addAll(DeployFiles.all(VARIABLE, text)));

    assertThat(used).contains("PHAROS_DATABASE_URL_FILE", "PHAROS_BASE_URL", "PHAROS_HOST");
    for (String each : used) {
      assertThat(problems(Map.of(each, "8090")))
          .as(each)
          .noneMatch(problem -> problem.contains("is not known"));
    }
    assertThat(problems(Map.of("PHAROS_REDIS", "x"))).anyMatch(it -> it.contains("is not known"));
  }

  @Test
  void settings_that_are_given_are_taken() {
    Map<String, String> image =
        Map.of("PHAROS_HOST", "0.0.0.0", "PHAROS_PORT", "8090", "PHAROS_DATA", "/data");
    assertThat(DeployFiles.text("Dockerfile"))
        .contains("ENV PHAROS_HOST=0.0.0.0 PHAROS_PORT=8090 PHAROS_DATA=/data\n");
    assertThat(problems(image)).isEmpty();
    assertThat(problems(Map.of("PHAROS_BASE_URL", "https://pharos.example.com/"))).isEmpty();
    assertThat(problems(Map.of("PHAROS_ALLOW_STDIO", "true"))).isEmpty();
  }

  @Test
  void no_secret_stands_in_a_file() {
    DeployFiles.texts()
        .forEach((name, text) -> {
          if (!name.endsWith(".md")) {
            assertThat(DeployFiles.all(CREDENTIAL, text)).as(name).isEmpty();
          }
        });
    JsonNode secret = DeployFiles.tree("kubernetes/extras/secret.example.yaml").path("stringData");
    for (String each : List.of("admin_password", "secret_key", "database_url", "redis_url")) {
      assertThat(secret.path(each).asString("missing")).as(each).isEmpty();
    }
  }

  @Test
  void every_path_that_is_probed_is_served() throws IOException {
    JsonNode paths;
    try (InputStream in =
        Objects.requireNonNull(DeployTest.class.getResourceAsStream("/openapi.yaml"))) {
      paths = new YAMLMapper().readTree(in).path("paths");
    }
    Set<String> probed = new TreeSet<>();
    DeployFiles.texts()
        .forEach((name, text) -> {
          if (!name.endsWith(".md")) {
            probed.addAll(DeployFiles.all(PROBED, text));
          }
        });

    assertThat(probed).contains("/health/live", "/health/ready", "/metrics");
    assertThat(probed).allMatch(path -> paths.path(path).has("get"));
  }

  @Test
  void ports_agree_with_the_one_that_the_program_takes() throws BadConfiguration {
    int port = new ConfigReader(Map.of(), Map.of(), Path.of("data")).read(null).port();
    Set<String> ours = Set.of(Integer.toString(port));

    for (String name : DeployFiles.texts().keySet()) {
      // The proxy in front of the replicas, and of samples, has one of its own.
      Set<String> found = DeployFiles.all(PORT, DeployFiles.text(name));
      found.remove("8080");
      assertThat(ours).as(name).containsAll(found);
    }
    for (String name : List.of("Dockerfile", "alive", "proxy/Caddyfile", "proxy/nginx.conf")) {
      assertThat(DeployFiles.all(PORT, DeployFiles.text(name))).as(name).containsAll(ours);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", "compose.replicas.yaml"})
  void every_secret_of_a_container_is_made(String name) {
    JsonNode compose = DeployFiles.tree(name);
    Set<String> used = new TreeSet<>();
    compose
        .path("services")
        .forEach(service -> service.path("secrets").forEach(each -> used.add(each.asString())));
    Set<String> mounted =
        DeployFiles.all(
            Pattern.compile("/run/secrets/(\\w+)"),
            DeployFiles.text(name) + (name.contains("replicas") ? replicas() : ""));

    assertThat(used).isNotEmpty().isEqualTo(new TreeSet<>(compose.path("secrets").propertyNames()));
    assertThat(used).containsAll(mounted);
    for (String each : used) {
      assertThat(compose.path("secrets").path(each).path("file").asString(""))
          .isEqualTo("./secrets/" + each);
      assertThat(DeployFiles.text("secrets-make")).contains("keep " + each + "\n");
    }
  }

  private static String replicas() {
    return DeployFiles.text("replicas.env");
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicas/deployment.yaml", "single/statefulset.yaml"})
  void a_pod_finds_what_it_mounts_and_a_service_finds_the_pod(String name) {
    JsonNode workload = DeployFiles.tree("kubernetes/" + name).path("spec");
    JsonNode pod = workload.path("template").path("spec");
    JsonNode container = pod.path("containers").path(0);
    List<String> volumes = new ArrayList<>();
    pod.path("volumes").forEach(each -> volumes.add(each.path("name").asString("")));
    workload
        .path("volumeClaimTemplates")
        .forEach(each -> volumes.add(each.path("metadata").path("name").asString("")));

    assertThat(container.path("volumeMounts")).hasSize(3);
    assertThat(container.path("volumeMounts"))
        .allMatch(each -> volumes.contains(each.path("name").asString("")));
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container.path(probe).path("httpGet").path("port"))
          .isEqualTo(container.path("ports").path(0).path("name"));
    }
    JsonNode service =
        DeployFiles.tree("kubernetes/" + name.replaceFirst("/.*", "/service.yaml")).path("spec");
    assertThat(service.path("selector")).hasSize(1);
    assertThat(service.path("selector"))
        .isEqualTo(workload.path("selector").path("matchLabels"))
        .isEqualTo(workload.path("template").path("metadata").path("labels"));
  }

  @Test
  void every_key_of_the_secret_that_is_read_is_in_its_example() {
    JsonNode example = DeployFiles.tree("kubernetes/extras/secret.example.yaml").path("stringData");
    Pattern mounted = Pattern.compile("/run/secrets/pharos/(\\w+)");
    Set<String> read =
        DeployFiles.all(mounted, DeployFiles.text("kubernetes/replicas/deployment.yaml"));
    read.addAll(DeployFiles.all(mounted, DeployFiles.text("kubernetes/single/statefulset.yaml")));
    read.addAll(
        DeployFiles.all(
            Pattern.compile("key: (\\w+)"),
            DeployFiles.text("kubernetes/extras/servicemonitor.yaml")));

    assertThat(read).contains("secret_key", "database_url", "username");
    assertThat(read).allMatch(example::has);
  }
}
