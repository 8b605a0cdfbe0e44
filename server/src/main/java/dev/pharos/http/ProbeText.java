package dev.pharos.http;

import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Outcome;
import dev.pharos.trace.Certificate;
import dev.pharos.trace.Failure;
import dev.pharos.trace.StageTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One look in the text form of Prometheus, with the names that the blackbox exporter has. */
final class ProbeText {
  private final StringBuilder text = new StringBuilder(1_024);

  private ProbeText() {}

  static String of(Outcome outcome) {
    ProbeText text = new ProbeText();
    text.fill(outcome);
    return text.text.toString();
  }

  private void fill(Outcome outcome) {
    Health verdict = outcome.verdict();
    one(
        "probe_success",
        "Whether the server works",
        verdict == Health.HEALTHY || verdict == Health.DEGRADED ? 1 : 0);
    one("probe_duration_seconds", "How long the look took", outcome.seen().tookMicros() / 1e6);
    head("probe_stage_duration_seconds", "How long each stage took");
    for (StageTime each : outcome.seen().stages()) {
      line("probe_stage_duration_seconds", "stage", each.stage().wire(), each.micros() / 1e6);
    }
    head("probe_mcp_health", "What the look speaks for");
    for (Health each : Health.values()) {
      line("probe_mcp_health", "health", each.wire(), each == verdict ? 1 : 0);
    }
    Failure failure = failure(outcome);
    if (failure != null) {
      head("probe_failure_info", "Where it failed and how");
      text.append("probe_failure_info{stage=\"")
          .append(failure.stage().wire())
          .append("\",kind=\"")
          .append(failure.kind().wire())
          .append("\"} 1\n");
    }
    counts(outcome.seen().counts());
    facts(outcome.seen().facts());
    one(
        "probe_mcp_read_bytes",
        "Body bytes read, after inflation",
        (double) outcome.seen().bytesRead());
  }

  private static @Nullable Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _, Outcome.Inconclusive _ -> null;
      case Outcome.Impaired impaired -> impaired.reason();
      case Outcome.Failed failed -> failed.reason();
    };
  }

  private void counts(Counts counts) {
    known("probe_mcp_tools", "Tools offered", counts.tools());
    known("probe_mcp_prompts", "Prompts offered", counts.prompts());
    known("probe_mcp_resources", "Resources offered", counts.resources());
  }

  private void known(String name, String help, int count) {
    if (count >= 0) {
      one(name, help, count);
    }
  }

  private void facts(Facts facts) {
    Certificate certificate = facts.certificate();
    if (certificate != null) {
      one(
          "probe_ssl_earliest_cert_expiry",
          "When the certificate ends, in Unix time",
          (double) certificate.notAfter().getEpochSecond());
    }
    if (facts.protocolVersion() != null) {
      head("probe_mcp_protocol_info", "The revision that was agreed on");
      line("probe_mcp_protocol_info", "version", facts.protocolVersion(), 1);
    }
  }

  private void one(String name, String help, double value) {
    head(name, help);
    text.append(name).append(' ').append(number(value)).append('\n');
  }

  private void head(String name, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
  }

  private void line(String name, String label, String value, double number) {
    text.append(name)
        .append('{')
        .append(label)
        .append("=\"")
        .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
        .append("\"} ")
        .append(number(number))
        .append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString(Math.round(value))
        : String.format(Locale.ROOT, "%.6f", value);
  }
}
