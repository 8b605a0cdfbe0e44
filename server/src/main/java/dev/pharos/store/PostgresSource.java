package dev.pharos.store;

import dev.pharos.fleet.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes connections to one database and schema, each kind with the bounds that it needs. */
final class PostgresSource {
  private static final String JDBC = "jdbc:postgresql:";
  private static final int CONNECT_SECONDS = 5;
  private static final int LOGIN_SECONDS = 8;

  /** The driver's word for values in binary form from the first time that a statement is run. */
  private static final int BINARY_AT_ONCE = -1;

  // Its warnings may hold the address with the password. Held, else the level is forgotten.
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  /**
   * What a connection is for: after how many seconds the database ends a statement, after how many
   * the wait for a lock, and after how many we take it for dead; 0 for never.
   */
  enum Use {
    WRITE(10, 5, 15, "-c pharos.writer=on -c synchronous_commit=on"),
    READ(10, 5, 15, "-c default_transaction_read_only=on"),
    MIGRATE(0, 60, 0, "-c pharos.writer=on"),
    DROP_DAYS(20, 3, 30, "-c pharos.writer=on"),
    LISTEN(5, 5, 15, ""),

    /** Much at once, statement by statement; who waits for a lock waits for another move. */
    MOVE(120, 10, 150, "-c pharos.writer=on"),

    /** Shorter than the time after which a node counts as dead. */
    COORDINATE(3, 2, 4, "-c pharos.writer=on -c synchronous_commit=on");

    private final int statementSeconds;
    private final int lockSeconds;
    private final int socketSeconds;
    private final String more;

    Use(int statementSeconds, int lockSeconds, int socketSeconds, String more) {
      this.statementSeconds = statementSeconds;
      this.lockSeconds = lockSeconds;
      this.socketSeconds = socketSeconds;
      this.more = more;
    }

    private String options() {
      return ("-c statement_timeout=%ds -c lock_timeout=%ds"
              + " -c idle_in_transaction_session_timeout=%ds"
              + " -c default_transaction_isolation=read\\ committed %s")
          .formatted(statementSeconds, lockSeconds, idleSeconds(), more)
          .strip();
    }

    /** In a transaction; a move may be held up by the disk that it reads. */
    private int idleSeconds() {
      return switch (this) {
        case MIGRATE -> 0;
        case MOVE -> 120;
        case WRITE, READ, DROP_DAYS, LISTEN, COORDINATE -> 15;
      };
    }
  }

  private final PostgresSettings settings;
  private final PGSimpleDataSource plain;

  PostgresSource(PostgresSettings settings) {
    DRIVER.setLevel(Level.OFF);
    this.settings = settings;
    this.plain = parsed(settings);
  }

  /** A source of connections, which tell the database what they are for. */
  PGSimpleDataSource open(Use use, String application) {
    PGSimpleDataSource source = parsed(settings);
    source.setApplicationName(application);
    source.setCurrentSchema(settings.schema());
    source.setReWriteBatchedInserts(true);
    source.setTcpKeepAlive(true);
    source.setLogServerErrorDetail(false); // It holds values.
    unlessGiven(PGProperty.CONNECT_TIMEOUT, source::setConnectTimeout, CONNECT_SECONDS);
    unlessGiven(PGProperty.LOGIN_TIMEOUT, source::setLoginTimeout, LOGIN_SECONDS);
    unlessGiven(PGProperty.SOCKET_TIMEOUT, source::setSocketTimeout, use.socketSeconds);
    if (use == Use.READ) {
      // Read as text, a fleet's moments take longer than all the rest of a page.
      unlessGiven(PGProperty.PREPARE_THRESHOLD, source::setPrepareThreshold, BINARY_AT_ONCE);
    }
    String given = source.getOptions();
    source.setOptions(given == null ? use.options() : given + " " + use.options());
    return source;
  }

  String schema() {
    return settings.schema();
  }

  /** For messages: no password in it. */
  PostgresDialect dialect() {
    return new PostgresDialect(place(), user(), database(), settings.schema());
  }

  private String user() {
    return Objects.requireNonNullElse(plain.getUser(), System.getProperty("user.name", "?"));
  }

  private String database() {
    return Objects.requireNonNullElse(plain.getDatabaseName(), user());
  }

  private String place() {
    String[] hosts = plain.getServerNames();
    int[] ports = plain.getPortNumbers();
    List<String> places = new ArrayList<>();
    for (int i = 0; i < hosts.length; i++) {
      places.add(hosts[i] + ":" + (ports[i] == 0 ? 5432 : ports[i]));
    }
    return "PostgreSQL at " + String.join(" or ", places);
  }

  /** What the URL says itself counts. */
  private void unlessGiven(PGProperty property, IntConsumer set, int value) {
    if (!settings.url().reveal().contains(property.getName() + "=")) {
      set.accept(value);
    }
  }

  private static PGSimpleDataSource parsed(PostgresSettings settings) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    String url = settings.url().reveal().strip();
    try {
      source.setUrl(url.startsWith(JDBC) ? url : jdbc(url, source));
    } catch (IllegalArgumentException _) {
      // Without the cause: it holds the address with the password.
      throw new StoreException(
          "database_url is no address of PostgreSQL: it looks like"
              + " jdbc:postgresql://host:5432/database?user=name&password=secret");
    }
    Secret password = settings.password();
    if (settings.user() != null) {
      source.setUser(settings.user());
    }
    if (password != null) {
      source.setPassword(password.reveal());
    }
    return source;
  }

  /** The driver's form of {@code postgresql://user:password@host/database}. */
  private static String jdbc(String url, PGSimpleDataSource source) {
    URI uri = URI.create(url);
    String authority = uri.getRawAuthority();
    if (authority == null || !url.matches("(?i)postgres(ql)?://.*")) {
      throw new IllegalArgumentException();
    }
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String[] user = authority.substring(0, at).split(":", 2);
      source.setUser(decoded(user[0]));
      source.setPassword(user.length > 1 ? decoded(user[1]) : null);
    }
    @Nullable String query = uri.getRawQuery();
    return JDBC
        + "//"
        + authority.substring(at + 1)
        + uri.getRawPath()
        + (query == null ? "" : "?" + query);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
