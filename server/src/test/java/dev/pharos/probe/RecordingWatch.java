package dev.pharos.probe;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a watch heard. */
final class RecordingWatch implements WatchListener {
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final List<String> idleEnds = new CopyOnWriteArrayList<>();
  private final List<String> changes = new CopyOnWriteArrayList<>();

  @Override
  public void ended(String detail) {
    ends.add(detail);
  }

  @Override
  public void idleEnded(String detail) {
    idleEnds.add(detail);
  }

  @Override
  public void listChanged(String list) {
    changes.add(list);
  }

  List<String> idleEnds() {
    return idleEnds;
  }

  List<String> ends() {
    return ends;
  }

  List<String> changes() {
    return changes;
  }
}
