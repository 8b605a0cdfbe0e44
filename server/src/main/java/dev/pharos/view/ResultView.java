package dev.pharos.view;

import dev.pharos.fleet.Counts;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Health;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ServerInfo;
import dev.pharos.fleet.Target;
import dev.pharos.trace.Certificate;
import dev.pharos.trace.Era;
import dev.pharos.trace.Failure;
import dev.pharos.trace.TransportKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of one result, the same wherever results are given. Names and their order are public.
 * Unknown values are null, never absent. Secrets of the target are masked where a server could have
 * repeated them.
 */
public final class ResultView {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ResultView() {}

  /** What a look came to. */
  public static ObjectNode of(Target target, Outcome outcome) {
    Mask mask = Mask.of(target);
    Observation seen = outcome.seen();
    Facts facts = seen.facts();
    ObjectNode view = JSON.objectNode();
    view.put("target", mask.hide(target.name()));
    view.put("health_status", outcome.verdict().wire());
    TransportKind transport = facts.transport();
    view.put("transport", transport == null ? null : transport.wire());
    view.put("protocol_version", facts.protocolVersion());
    view.set("server_info", info(facts.serverInfo(), mask));
    ArrayNode stages = view.putArray("stages");
    seen.stages()
        .forEach(
            time -> stages.addObject().put("stage", time.stage().wire()).put("us", time.micros()));
    view.put("response_time_ms", seen.tookMicros() / 1_000.0);
    counts(view, seen.counts());
    certificate(view, facts.certificate());
    reason(view, outcome, mask);
    ArrayNode findings = view.putArray("findings");
    seen.findings()
        .forEach(finding ->
            findings
                .addObject()
                .put("kind", finding.kind().wire())
                .put("message", mask.hideKnown(finding.message())));
    view.put("checked_at", seen.checkedAt().toString());
    Era era = facts.era();
    view.put("era", era == null ? null : era.wire());
    view.put("url", facts.url() == null ? null : mask.hide(facts.url()));
    return view;
  }

  /** The same as text. */
  public static String json(Target target, Outcome outcome) {
    return of(target, outcome).toString();
  }

  /**
   * A server that was not looked at: all that could have been seen is null.
   *
   * @param kind why, for example {@code needs_configuration} or {@code disabled}
   */
  public static ObjectNode unseen(String target, String kind, String message) {
    ObjectNode view = JSON.objectNode();
    view.put("target", target);
    view.put("health_status", Health.UNKNOWN.wire());
    for (String name : new String[] {"transport", "protocol_version", "server_info"}) {
      view.putNull(name);
    }
    view.putArray("stages");
    view.putNull("response_time_ms");
    counts(view, Counts.UNKNOWN);
    view.putNull("certificate");
    view.putObject("reason").putNull("stage").put("kind", kind).put("message", message);
    view.putArray("findings");
    for (String name : new String[] {"checked_at", "era", "url"}) {
      view.putNull(name);
    }
    return view;
  }

  private static @Nullable ObjectNode info(@Nullable ServerInfo info, Mask mask) {
    return info == null
        ? null
        : JSON.objectNode()
            .put("name", mask.hideKnown(info.name()))
            .put("title", info.title())
            .put("version", info.version());
  }

  private static void counts(ObjectNode view, Counts counts) {
    view.put("tool_count", known(counts.tools()));
    view.put("prompt_count", known(counts.prompts()));
    view.put("resource_count", known(counts.resources()));
    view.put("resource_template_count", known(counts.resourceTemplates()));
  }

  private static @Nullable Integer known(int count) {
    return count < 0 ? null : count;
  }

  private static void certificate(ObjectNode view, @Nullable Certificate certificate) {
    if (certificate == null) {
      view.putNull("certificate");
    } else {
      view.putObject("certificate")
          .put("subject", certificate.subject())
          .put("issuer", certificate.issuer())
          .put("not_after", certificate.notAfter().toString());
    }
  }

  private static void reason(ObjectNode view, Outcome outcome, Mask mask) {
    switch (outcome) {
      case Outcome.Passed _ -> view.putNull("reason");
      case Outcome.Impaired impaired -> failure(view, impaired.reason(), mask);
      case Outcome.Failed failed -> failure(view, failed.reason(), mask);
      case Outcome.Inconclusive inconclusive ->
          view.putObject("reason")
              .putNull("stage")
              .put("kind", "inconclusive")
              .put("message", mask.hideKnown(inconclusive.detail()));
    }
  }

  private static void failure(ObjectNode view, Failure reason, Mask mask) {
    view.putObject("reason")
        .put("stage", reason.stage().wire())
        .put("kind", reason.kind().wire())
        .put("message", mask.hideKnown(reason.message()));
  }
}
