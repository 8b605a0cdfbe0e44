package dev.pharos.cli;

import dev.pharos.cli.Style.Tone;
import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ServerInfo;
import dev.pharos.fleet.Target;
import dev.pharos.trace.Certificate;
import dev.pharos.trace.Era;
import dev.pharos.trace.Failure;
import dev.pharos.trace.Finding;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.TransportKind;
import dev.pharos.view.Mask;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One look, told to a person. Holds the lines of one report: not thread-safe, made for one use. */
final class Report {
  private static final int BAR_WIDTH = 24;

  private final Style style;
  private final Mask mask;
  private final Target target;
  private final Outcome outcome;
  private final Observation seen;
  private final StringBuilder out = new StringBuilder();

  private Report(Style style, Target target, Outcome outcome) {
    this.style = style;
    this.mask = Mask.of(target);
    this.target = target;
    this.outcome = outcome;
    this.seen = outcome.seen();
  }

  /** The report, with a line break behind its last line. */
  static String of(Style style, Target target, Outcome outcome) {
    Report report = new Report(style, target, outcome);
    report.verdict();
    report.stages();
    report.facts();
    report.findings();
    report.cause();
    return report.out.toString().stripTrailing() + '\n';
  }

  private void verdict() {
    String word = style.symbol(outcome.verdict()) + " " + outcome.verdict().wire();
    List<String> parts = new ArrayList<>();
    parts.add(style.paint(style.tone(outcome.verdict()), word));
    parts.add(style.paint(Tone.STRONG, style.safe(title())));
    String protocol = protocol(seen.facts());
    if (!protocol.isEmpty()) {
      parts.add(protocol);
    }
    parts.add("in " + Style.time(seen.tookMicros()));
    line(String.join("  ", parts));
  }

  private String title() {
    ServerInfo info = seen.facts().serverInfo();
    if (info == null) {
      return mask.hide(target.name());
    }
    return mask.hideKnown(
        info.version() == null ? info.name() : info.name() + " " + info.version());
  }

  private String protocol(Facts facts) {
    List<String> words = new ArrayList<>();
    TransportKind transport = facts.transport();
    if (transport != null) {
      words.add(transport.wire());
    }
    String version = facts.protocolVersion();
    if (version != null) {
      words.add(style.safe(version));
    }
    Era era = facts.era();
    if (era != null) {
      words.add(era.wire() + " era");
    }
    return String.join(", ", words);
  }

  private void stages() {
    if (!seen.stages().isEmpty()) {
      line("");
    }
    long longest = seen.stages().stream().mapToLong(StageTime::micros).max().orElse(0);
    Failure failure = failure();
    boolean marked = false;
    for (StageTime time : seen.stages()) {
      boolean failed = failure != null && failure.stage() == time.stage();
      marked |= failed;
      stage(time.stage(), Style.time(time.micros()), share(time.micros(), longest), failed);
    }
    if (failure != null && !marked) {
      stage(failure.stage(), "", 0, true);
    }
    line("");
  }

  private static double share(long micros, long longest) {
    return longest == 0 ? 0 : (double) micros / longest;
  }

  private void stage(Stage stage, String time, double share, boolean failed) {
    String row =
        String.format(Locale.ROOT, "  %-10s%10s  ", stage.wire(), time)
            + style.paint(Tone.QUIET, style.bar(share, BAR_WIDTH));
    String mark = failed ? " " + style.paint(Tone.BAD, style.symbol("✘", "x") + " here") : "";
    line((row + mark).stripTrailing());
  }

  private void facts() {
    String counts = counts(seen.counts());
    if (!counts.isEmpty()) {
      line("  " + counts);
    }
    String url = seen.facts().url();
    if (url != null && !url.equals(target.name())) {
      line("  found at " + style.safe(mask.hide(url)));
    }
    Certificate certificate = seen.facts().certificate();
    if (certificate != null) {
      line(
          "  certificate of "
              + style.safe(certificate.subject())
              + ", issued by "
              + style.safe(certificate.issuer())
              + ", "
              + expiry(certificate.notAfter(), seen.checkedAt()));
    }
  }

  private static String counts(Counts counts) {
    List<String> words = new ArrayList<>();
    count(counts.tools(), "tool", words);
    count(counts.prompts(), "prompt", words);
    count(counts.resources(), "resource", words);
    count(counts.resourceTemplates(), "resource template", words);
    return String.join(", ", words);
  }

  private static void count(int number, String noun, List<String> words) {
    if (number >= 0) {
      words.add(number + " " + noun + (number == 1 ? "" : "s"));
    }
  }

  private static String expiry(Instant notAfter, Instant now) {
    String date = notAfter.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    long days = ChronoUnit.DAYS.between(now, notAfter);
    if (now.isAfter(notAfter)) {
      return "expired " + date + " (" + days(-days) + " ago)";
    }
    return "expires " + date + " (" + days(days) + " left)";
  }

  private static String days(long days) {
    return days + (days == 1 ? " day" : " days");
  }

  private void findings() {
    for (Finding finding : seen.findings()) {
      line(
          style.paint(Tone.WARNING, "  ! " + finding.kind().wire())
              + ": "
              + style.safe(mask.hideKnown(finding.message())));
    }
  }

  private void cause() {
    Failure failure = failure();
    if (failure != null) {
      line("  " + style.paint(Tone.STRONG, "cause") + "  " + cause(style, mask, failure));
      String advice = Advice.on(failure.kind());
      if (advice != null) {
        line("  " + style.paint(Tone.STRONG, "next") + "   " + advice);
      }
    } else if (outcome instanceof Outcome.Inconclusive inconclusive) {
      line("  not conclusive: " + style.safe(mask.hideKnown(inconclusive.detail())));
    }
    Duration retryAfter = seen.retryAfter();
    if (retryAfter != null) {
      line("  the server asks to be left alone for " + retryAfter.toSeconds() + " s");
    }
  }

  /** Stage, kind and sentence on one line. */
  static String cause(Style style, Mask mask, Failure failure) {
    return failure.stage().wire()
        + "/"
        + failure.kind().wire()
        + ": "
        + style.safe(mask.hideKnown(failure.message()));
  }

  private @Nullable Failure failure() {
    return switch (outcome) {
      case Outcome.Impaired impaired -> impaired.reason();
      case Outcome.Failed failed -> failed.reason();
      case Outcome.Passed _, Outcome.Inconclusive _ -> null;
    };
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
