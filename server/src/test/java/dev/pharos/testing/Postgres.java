package dev.pharos.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL, one for all tests of a JVM: started when it is first asked for and ended with
 * the JVM, or one of your own that the system property {@code pharos.test.postgres} names (a JDBC
 * URL with user and password; the user may create schemas). Thread-safe.
 */
public final class Postgres {
  /** A role whose members must give their password. */
  public static final String ASKED = "pharos_test_asked";

  private static final String PROPERTY = "pharos.test.postgres";
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  /** Started by the first that asks. */
  private static final class Running {
    static final String URL = System.getProperty(PROPERTY, "").isBlank() ? started() : given();
  }

  private Postgres() {}

  /** Address with user and password; further parameters follow after {@code &}. */
  public static String url() {
    return Running.URL;
  }

  /** The same through a proxy, or any other port of this machine. */
  public static String url(int port) {
    return url().replaceFirst("//[^/]+/", "//127.0.0.1:" + port + "/");
  }

  public static String host() {
    return url().replaceFirst(".*//([^/:]+).*", "$1");
  }

  public static int port() {
    String port = url().replaceFirst(".*//[^/:]+:?(\\d*)/.*", "$1");
    return port.isEmpty() ? 5432 : Integer.parseInt(port);
  }

  /** A name for a schema that nobody else uses. */
  public static String newSchema() {
    return "test_%d_%d".formatted(ProcessHandle.current().pid(), SCHEMAS.incrementAndGet());
  }

  /** Runs statements, as somebody with a console of their own would. */
  public static void run(String... statements) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first value of a query, as text; empty when there is none. */
  public static String ask(String query) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      String value = row.next() ? row.getString(1) : null;
      return value == null ? "" : value;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void dropSchema(String schema) {
    run("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
  }

  private static String given() {
    String url = System.getProperty(PROPERTY, "");
    return url.contains("?") ? url : url + "?";
  }

  /** Nobody is asked for a password but members of {@link #ASKED}. */
  private static Path doors() throws IOException {
    Path file = Files.createTempFile("pharos-test", ".hba");
    file.toFile().deleteOnExit();
    return Files.writeString(
        file,
        """
        local all all trust
        host all +%1$s 127.0.0.1/32 scram-sha-256
        host all +%1$s ::1/128 scram-sha-256
        host all all 127.0.0.1/32 trust
        host all all ::1/128 trust
        """
            .formatted(ASKED));
  }

  private static String started() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "off")
              .setServerConfig("full_page_writes", "off")
              .setServerConfig("max_connections", "150")
              .setServerConfig("hba_file", doors().toString())
              .start();
      return server.getJdbcUrl("postgres", "postgres") + "&password=";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
