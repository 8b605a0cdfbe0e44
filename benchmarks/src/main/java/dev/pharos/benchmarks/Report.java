package dev.pharos.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows figures as they come and keeps them as a file. */
final class Report {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final List<Figure> figures = new ArrayList<>();
  private final LocalDate date = LocalDate.now(ZoneOffset.UTC);
  private final Machine machine = Machine.here();
  private final Map<String, Object> how;

  /**
   * @param how it is measured: shown, and kept with the figures
   */
  Report(Map<String, Object> how) {
    this.how = Collections.unmodifiableMap(how);
    System.out.printf(
        Locale.ROOT,
        "%s, commit %s, %s%n%s, %d cores, load %.1f, %s%n%s%n%s%n%n%s%n",
        date,
        machine.commit(),
        machine.jdk(),
        machine.cpu(),
        machine.cores(),
        machine.load(),
        machine.os(),
        String.join(" ", machine.flags()),
        how,
        Figure.HEADING);
  }

  void add(Figure figure) {
    figures.add(figure);
    System.out.println(figure.line());
  }

  void note(String text) {
    System.out.println(text);
  }

  /** Writes {@code <date>-<name>.json} into that folder. */
  void write(Path folder, String name) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("benchmark", name);
    root.put("date", date.toString());
    root.set("machine", JSON.valueToTree(machine));
    root.set("options", JSON.valueToTree(how));
    root.set("figures", JSON.valueToTree(figures.stream().map(Report::view).toList()));
    Files.createDirectories(folder);
    Path file = folder.resolve(date + "-" + name + ".json");
    Files.writeString(file, JSON.writeValueAsString(root) + "\n");
    System.out.println("\nwritten: " + file);
  }

  private static ObjectNode view(Figure figure) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", figure.name());
    node.put("servers", figure.fleet());
    node.put("unit", figure.unit());
    node.put("median", tenths(figure.median()));
    node.put("min", tenths(figure.min()));
    node.put("max", tenths(figure.max()));
    if (figure.budget() > 0) {
      node.put("budget", figure.budget());
    }
    if (figure.perSecond() > 0) {
      node.put("per_second", Math.round(figure.perSecond()));
    }
    return node;
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
