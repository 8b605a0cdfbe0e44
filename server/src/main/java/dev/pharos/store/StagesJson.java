package dev.pharos.store;

import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a look as the column {@code stages}: an object of microseconds by stage. Written by
 * every look, and the names need no escapes: plain text does.
 */
final class StagesJson {
  private StagesJson() {}

  static @Nullable String write(List<StageTime> stages) {
    if (stages.isEmpty()) {
      return null;
    }
    StringBuilder json = new StringBuilder(20 * stages.size());
    char before = '{';
    for (StageTime each : stages) {
      json.append(before).append('"').append(each.stage().wire()).append("\":");
      json.append(each.micros());
      before = ',';
    }
    return json.append('}').toString();
  }

  static List<StageTime> read(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    List<StageTime> stages = new ArrayList<>();
    Json.parse(text)
        .properties()
        .forEach(each ->
            stages.add(
                new StageTime(Names.of(Stage.class, each.getKey()), each.getValue().longValue())));
    return stages;
  }
}
