package dev.pharos.cli;

import dev.pharos.registry.ImportPlan;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;

/** What an import does, for a person. */
final class PlanText {
  private PlanText() {}

  static void print(ImportPlan plan, Shell shell) {
    Printable printable = new Printable(shell.charset());
    PrintWriter out = shell.out();
    lines(plan).forEach(line -> out.println("  " + printable.line(line)));
    out.flush();
  }

  private static Stream<String> lines(ImportPlan plan) {
    return Stream.of(
            plan.added().stream().map(name -> "+ " + name),
            plan.changed().stream()
                .map(each -> "~ " + each.name() + ": " + String.join(", ", each.fields())),
            plan.leftOut().stream().map(each -> "- " + PlaceOptions.line(each)),
            plan.problems().stream().map(each -> "! " + PlaceOptions.line(each)))
        .flatMap(each -> each);
  }

  static String sum(ImportPlan plan) {
    return String.join(
        ", ",
        List.of(
            plan.added().size() + " added",
            plan.changed().size() + " changed",
            plan.unchanged().size() + " as they were"));
  }
}
