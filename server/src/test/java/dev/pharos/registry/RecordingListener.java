package dev.pharos.registry;

import dev.pharos.fleet.Server;
import dev.pharos.fleet.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Notes what it hears, a line each. */
final class RecordingListener implements FleetListener {
  final List<String> heard = new ArrayList<>();

  @Override
  public void added(Standing added) {
    heard.add("added " + name(added));
  }

  @Override
  public void changed(Server before, Standing now, Set<Aspect> aspects) {
    heard.add("changed " + name(now) + " " + new TreeSet<>(aspects));
  }

  @Override
  public void removed(Server removed) {
    heard.add("removed " + removed.spec().name());
  }

  @Override
  public void enabled(Standing now) {
    heard.add("enabled " + name(now));
  }

  @Override
  public void disabled(Standing now) {
    heard.add("disabled " + name(now));
  }

  @Override
  public void maintenance(Standing now) {
    heard.add("maintenance " + name(now) + " " + now.server().maintenance());
  }

  @Override
  public void circuitReset(Standing now) {
    heard.add("reset " + name(now));
  }

  private static String name(Standing standing) {
    return standing.server().spec().name();
  }
}
