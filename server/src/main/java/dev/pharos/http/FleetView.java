package dev.pharos.http;

import dev.pharos.fleet.Standing;
import java.util.List;
import java.util.Optional;

/** The servers with what is known of them now. Thread-safe. */
public interface FleetView {
  List<Standing> all();

  Optional<Standing> byName(String name);
}
