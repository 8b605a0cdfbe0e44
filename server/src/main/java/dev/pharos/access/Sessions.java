package dev.pharos.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions and knows them again, at any node that shares the store and the key. A session
 * holds under one password only, and nobody can write one without the key. Thread-safe.
 */
final class Sessions {
  static final Duration IDLE = Duration.ofHours(12);
  static final Duration LONGEST = Duration.ofDays(7);

  /** How exactly it is kept when a session was last used: not each request is a write. */
  static final Duration RENEW = Duration.ofMinutes(5);

  private final Acquaintances known;
  private final Keyed keyed;
  private final Ids ids;
  private final InstantSource clock;

  Sessions(Acquaintances known, Keyed keyed, InstantSource clock) {
    this.known = known;
    this.keyed = keyed;
    this.ids = new Ids(keyed);
    this.clock = clock;
  }

  /** Opens a session under a password. */
  Session open(PasswordHash password) {
    String id = ids.fresh();
    String csrf = ids.token();
    String key = Keyed.hash(id);
    String hash = Keyed.hash(csrf);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    known.add(new LoginSession(key, hash, now, now, seal(key, hash, now, password)));
    return new Session(id, csrf, LONGEST);
  }

  /** Whether a session is open. */
  enum Answer {
    OPEN,
    NOT_OPEN,
    /** It was opened under another password, which may be a newer one. */
    OTHER_PASSWORD
  }

  /**
   * Whether a session is open; if it is, this counts as a use of it.
   *
   * @throws RuntimeException of the store, when it is away and the session is not known here
   */
  Answer use(String id, PasswordHash password) {
    LoginSession session = find(id);
    if (session == null) {
      return Answer.NOT_OPEN;
    }
    if (!sealed(session, password)) {
      return Answer.OTHER_PASSWORD;
    }
    Instant now = clock.instant();
    if (now.isAfter(session.usedAt().plus(RENEW))) {
      known.used(session, now.truncatedTo(ChronoUnit.MICROS));
    }
    return Answer.OPEN;
  }

  /** Whether a token is that of an open session; throws as above. */
  boolean matches(String id, String csrf, PasswordHash password) {
    LoginSession session = find(id);
    return session != null
        && sealed(session, password)
        && Keyed.same(session.csrf(), Keyed.hash(csrf));
  }

  void close(String id) {
    String key = ids.key(id);
    if (key != null) {
      known.end(key);
    }
  }

  /** Ends all sessions that were opened under another password, or are over. */
  void endOthers(@Nullable PasswordHash password) {
    known.retain(session -> password != null && !over(session) && sealed(session, password));
  }

  /** Makes up for what the store could not take; called again and again. */
  void tend() {
    known.tend();
  }

  private @Nullable LoginSession find(String id) {
    String key = ids.key(id);
    LoginSession session = key == null ? null : known.find(key);
    return session != null && !over(session) ? session : null;
  }

  private boolean over(LoginSession session) {
    Instant now = clock.instant();
    return now.isAfter(session.usedAt().plus(IDLE))
        || now.isAfter(session.openedAt().plus(LONGEST));
  }

  private boolean sealed(LoginSession session, PasswordHash password) {
    String wanted = seal(session.key(), session.csrf(), session.openedAt(), password);
    return Keyed.same(wanted, session.seal());
  }

  private String seal(String key, String csrf, Instant openedAt, PasswordHash password) {
    return HexFormat.of()
        .formatHex(keyed.mark("session", key, csrf, openedAt.toString(), password.text()));
  }
}
