package dev.pharos.http;

import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.Target;
import dev.pharos.trace.StageTime;
import dev.pharos.view.ResultView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sees what it is told to see. */
final class CannedLooks implements Looks {
  private final FleetView fleet;
  final List<Target> looked = new CopyOnWriteArrayList<>();
  final List<String> called = new ArrayList<>();
  volatile Outcome outcome = Seen.passed();
  volatile Called answer = new Called("{\"content\":[]}", false, 1_500, null);
  volatile List<StageTime> progress = List.of();
  private final Refresh refresh = new Refresh("7", 3, 1, "running", Seen.NOW);

  CannedLooks(FleetView fleet) {
    this.fleet = fleet;
  }

  @Override
  public String check(String name) {
    Looked looked =
        look(
            fleet
                .byName(name)
                .orElseThrow(() -> new NotThere("no server of that name is registered"))
                .server()
                .spec()
                .target());
    return ResultView.json(looked.target(), looked.outcome());
  }

  @Override
  public List<StageTime> progress(String name) {
    return progress;
  }

  @Override
  public Looked look(Target target) {
    looked.add(target);
    return new Looked(target, outcome);
  }

  @Override
  public Refresh refresh() {
    return refresh;
  }

  @Override
  public Optional<Refresh> refresh(String id) {
    return Optional.of(refresh).filter(each -> each.id().equals(id));
  }

  @Override
  public Optional<Refresh> stopRefresh(String id) {
    return refresh(id)
        .map(
            each -> new Refresh(each.id(), each.total(), each.done(), "stopped", each.startedAt()));
  }

  @Override
  public Called call(String name, String tool, String argumentsJson, String actor) {
    called.add(name + " " + tool + " " + argumentsJson + " " + actor);
    return answer;
  }
}
