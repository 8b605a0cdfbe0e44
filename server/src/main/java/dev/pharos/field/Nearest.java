package dev.pharos.field;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a person may have meant by a word that is not known. */
public final class Nearest {
  private static final int MAX_WORD = 60;

  private Nearest() {}

  /** The candidate that differs least, or null when none is near. */
  public static @Nullable String of(String word, Collection<String> candidates) {
    String lower = word.toLowerCase(Locale.ROOT).replace('-', '_');
    if (lower.length() > MAX_WORD) {
      return null;
    }
    String nearest = null;
    int least = 1 + (lower.length() <= 3 ? 1 : Math.max(2, lower.length() / 3));
    for (String candidate : candidates) {
      boolean begun = lower.length() > 2 && candidate.startsWith(lower + "_");
      int distance = begun ? 1 : distance(lower, candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** {@code ": did you mean …?"}, or nothing. */
  public static String hint(String word, Collection<String> candidates) {
    String nearest = of(word, candidates);
    return nearest == null ? "" : ": did you mean " + nearest + "?";
  }

  /** Insertions, deletions and replacements that make one word of the other. */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] now = new int[b.length() + 1];
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
      }
      before = now;
    }
    return before[b.length()];
  }
}
