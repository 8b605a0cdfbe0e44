package dev.pharos.probe;

import dev.pharos.fleet.Capabilities;
import dev.pharos.fleet.Facts;
import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.fleet.ServerInfo;
import dev.pharos.mcp.Conversation;
import dev.pharos.mcp.Identity;
import dev.pharos.mcp.ListKind;
import dev.pharos.trace.Certificate;
import dev.pharos.trace.Era;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureException;
import dev.pharos.trace.Finding;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Look;
import dev.pharos.trace.Stage;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.TransportKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a server across the looks of one session: its facts, and enough of its lists to
 * see that they changed. Guarded by its session's lock.
 */
final class Account {
  private static final Duration CERTIFICATE_WARNING = Duration.ofDays(14);

  private final InstantSource clock;
  private final Mask mask;
  private final Supplier<@Nullable Instant> tokenEnd;
  private final ListsSeen lists = new ListsSeen();
  private Facts facts = Facts.NONE;
  private List<Finding> standing = List.of();
  private boolean read;
  private boolean changed;
  private @Nullable Capabilities fresh;

  /**
   * @param tokenEnd when the token that is in use ends, or null
   */
  Account(InstantSource clock, Mask mask, Supplier<@Nullable Instant> tokenEnd) {
    this.clock = clock;
    this.mask = mask;
    this.tokenEnd = tokenEnd;
  }

  /** A conversation was opened: everything is to be read again. */
  void opened(Conversation conversation, Look look) {
    lists.forget();
    mask.learn(conversation.sessionId());
    Identity identity = conversation.identity();
    String name = identity.name();
    Certificate certificate = look.certificate();
    facts =
        new Facts(
            conversation.transport(),
            conversation.era(),
            conversation.revision(),
            name == null ? null : new ServerInfo(name, identity.title(), identity.version()),
            identity.instructions(),
            identity.capabilitiesJson(),
            conversation.url(),
            certificate == null ? facts.certificate() : certificate,
            tokenEnd.get());
    if (conversation.era() == Era.SESSION
        && conversation.transport() == TransportKind.STREAMABLE_HTTP
        && conversation.sessionId() == null) {
      look.note(
          FindingKind.NO_SESSION, "the server gives no session id: each request stands alone");
    }
  }

  /** A look failed: what was recognised as unchanged must be read again. */
  void doubt() {
    lists.forget();
  }

  /**
   * Reads the lists that are asked for; returns why a part of the server does not work, or null.
   */
  @Nullable FailureException read(Conversation conversation, Depth depth, Look look)
      throws FailureException {
    look.clock().enter(Stage.LIST);
    if (depth == Depth.PING || (depth == Depth.TOOLS && !conversation.offers(ListKind.TOOLS))) {
      conversation.ping(look);
      return null;
    }
    if (depth == Depth.ALL && !offersAny(conversation)) {
      conversation.ping(look);
    }
    ListsSeen.Reading reading = lists.read(conversation, depth, look);
    read = true;
    changed = reading.changed();
    fresh = reading.capabilities();
    return reading.impairment();
  }

  private static boolean offersAny(Conversation conversation) {
    for (ListKind kind : ListKind.values()) {
      if (conversation.offers(kind)) {
        return true;
      }
    }
    return false;
  }

  Outcome passed(Instant at, Look look) {
    return new Outcome.Passed(observation(at, look, null));
  }

  Outcome impaired(Instant at, Look look, FailureException e) {
    return new Outcome.Impaired(observation(at, look, e.retryAfter()), masked(e.at(Stage.LIST)));
  }

  Outcome failed(Instant at, Look look, FailureException e, Stage running) {
    return new Outcome.Failed(observation(at, look, e.retryAfter()), masked(e.at(running)));
  }

  private Failure masked(Failure failure) {
    return new Failure(failure.stage(), failure.kind(), mask.hide(failure.message()));
  }

  Outcome inconclusive(Instant at, Look look, String detail) {
    return new Outcome.Inconclusive(observation(at, look, null), detail);
  }

  private Observation observation(Instant at, Look look, @Nullable Duration retryAfter) {
    noteToken();
    noteCertificate(look);
    List<Finding> findings = mask.hide(look.findings());
    if (read && changed) {
      standing = findings;
    } else if (findings.isEmpty() || findings.equals(standing)) {
      findings = standing;
    } else {
      findings = together(standing, findings);
    }
    List<StageTime> stages = look.clock().times();
    Observation seen =
        new Observation(
            at,
            sum(stages),
            stages,
            facts,
            lists.counts(),
            fresh,
            read && changed,
            look.bytesRead(),
            findings,
            retryAfter);
    read = false;
    changed = false;
    fresh = null;
    return seen;
  }

  /** One reading of the clock and one rounding: the whole is exactly what its parts add up to. */
  private static long sum(List<StageTime> stages) {
    long micros = 0;
    for (StageTime stage : stages) {
      micros += stage.micros();
    }
    return micros;
  }

  private void noteToken() {
    Instant end = tokenEnd.get();
    if (!Objects.equals(end, facts.tokenExpiresAt())) {
      facts = with(facts, facts.certificate(), end);
    }
  }

  private void noteCertificate(Look look) {
    Certificate seen = look.certificate();
    if (seen != null && !seen.equals(facts.certificate())) {
      facts = with(facts, seen, facts.tokenExpiresAt());
    }
    Certificate certificate = facts.certificate();
    if (certificate != null) {
      Duration left = Duration.between(clock.instant(), certificate.notAfter());
      if (!left.isNegative() && left.compareTo(CERTIFICATE_WARNING) < 0) {
        look.note(
            FindingKind.CERTIFICATE_EXPIRES_SOON,
            "the certificate expires in " + left.toDays() + " days, on " + certificate.notAfter());
      }
    }
  }

  private static Facts with(
      Facts f, @Nullable Certificate certificate, @Nullable Instant tokenEnd) {
    return new Facts(
        f.transport(),
        f.era(),
        f.protocolVersion(),
        f.serverInfo(),
        f.instructions(),
        f.capabilitiesJson(),
        f.url(),
        certificate,
        tokenEnd);
  }

  /** The outcome with further findings. */
  static Outcome with(Outcome outcome, List<Finding> more) {
    if (more.isEmpty()) {
      return outcome;
    }
    Observation seen = outcome.seen();
    Observation all =
        new Observation(
            seen.checkedAt(),
            seen.tookMicros(),
            seen.stages(),
            seen.facts(),
            seen.counts(),
            seen.capabilities(),
            seen.changed(),
            seen.bytesRead(),
            together(seen.findings(), more),
            seen.retryAfter());
    return switch (outcome) {
      case Outcome.Passed _ -> new Outcome.Passed(all);
      case Outcome.Impaired impaired -> new Outcome.Impaired(all, impaired.reason());
      case Outcome.Failed failed -> new Outcome.Failed(all, failed.reason());
      case Outcome.Inconclusive none -> new Outcome.Inconclusive(all, none.detail());
    };
  }

  private static List<Finding> together(List<Finding> first, List<Finding> second) {
    List<Finding> all = new ArrayList<>(first);
    second.stream().filter(finding -> !all.contains(finding)).forEach(all::add);
    return List.copyOf(all);
  }
}
