package dev.pharos.mcp;

import dev.pharos.trace.Era;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The protocol's revisions. They are dates, so that their text sorts by age. */
public final class Revision {
  static final String V2024_11 = "2024-11-05";
  static final String V2025_03 = "2025-03-26";
  static final String V2025_06 = "2025-06-18";
  static final String V2025_11 = "2025-11-25";
  static final String V2026_07 = "2026-07-28";

  /** The newest revision with a handshake. */
  static final String NEWEST_SESSION = V2025_11;

  /** The newest revision without one. */
  static final String NEWEST_STATELESS = V2026_07;

  private static final List<String> SESSION = List.of(V2025_11, V2025_06, V2025_03, V2024_11);
  private static final List<String> STATELESS = List.of(V2026_07);

  private Revision() {}

  static boolean known(String revision, Era era) {
    return of(era).contains(revision);
  }

  /** The newest of {@code offered} that we speak in that era, or null. */
  static @Nullable String newestMutual(List<String> offered, Era era) {
    return of(era).stream().filter(offered::contains).findFirst().orElse(null);
  }

  /** Whether requests after the handshake carry the version header: since 2025-06-18. */
  static boolean hasVersionHeader(String revision) {
    return revision.compareTo(V2025_06) >= 0;
  }

  private static List<String> of(Era era) {
    return switch (era) {
      case SESSION -> SESSION;
      case STATELESS -> STATELESS;
    };
  }
}
