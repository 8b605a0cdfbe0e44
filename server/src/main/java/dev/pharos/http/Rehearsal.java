package dev.pharos.http;

import dev.pharos.fleet.Standing;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Has the list of servers built in pieces before anybody asks for it. The first list of a large
 * fleet took a second and more, all of it in code that ran for the first time; nothing else about
 * it is slow. Used by one thread.
 */
final class Rehearsal {
  /** Fewer are no work, cold or not. */
  private static final int FEW = 100;

  private static final int PIECE = 200;

  /** Enough to have the code compiled. */
  private static final int ENOUGH = 6_000;

  /** No page is larger: the past of further servers is read when somebody asks for it. */
  private final int most;

  private final BiConsumer<List<Standing>, Instant> builder;
  private final BooleanSupplier pausing;
  private int built;

  /**
   * @param pausing whether somebody is served: then nothing is done, for it would be done twice
   */
  Rehearsal(int most, BiConsumer<List<Standing>, Instant> builder, BooleanSupplier pausing) {
    this.most = most;
    this.builder = builder;
    this.pausing = pausing;
  }

  /** Builds a piece; returns whether there is another. */
  boolean next(Supplier<List<Standing>> all, Instant now) {
    if (pausing.getAsBoolean()) {
      return true;
    }
    List<Standing> fleet = all.get();
    int size = Math.min(fleet.size(), most);
    if (size < FEW || built >= Math.max(size, ENOUGH)) {
      return false;
    }
    int from = built % size;
    List<Standing> piece = fleet.subList(from, Math.min(from + PIECE, size));
    builder.accept(piece, now);
    built += piece.size();
    return true;
  }
}
