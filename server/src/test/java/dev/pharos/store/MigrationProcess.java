package dev.pharos.store;

import dev.pharos.fleet.Secret;
import dev.pharos.testing.Postgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A migration in a process of its own that tells of every step, until it is killed or done. */
final class MigrationProcess implements AutoCloseable {
  static final String DONE = "done";

  private static final int AT_ONCE = 61;

  private final Process process;
  private final BufferedReader out;

  private MigrationProcess(Process process) {
    this.process = process;
    this.out = process.inputReader();
  }

  static MigrationProcess start(Path folder, String schema) throws IOException {
    return new MigrationProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MigrationProcess.class.getName(),
                folder.toString(),
                Postgres.url(),
                schema)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The next line, or the empty one at the end. */
  String line() throws IOException {
    String line = out.readLine();
    return line == null ? "" : line;
  }

  /** Kills it at once. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  public static void main(String[] args) {
    PostgresSettings to = new PostgresSettings(new Secret(args[1]), args[2]);
    try {
      var _ = Migration.run(Path.of(args[0]), to, null, new Telling(), AT_ONCE);
      System.out.println(DONE);
    } catch (StoreException e) {
      System.out.println("failed: " + e.getMessage());
    }
  }

  private static final class Telling implements MigrationProgress {
    @Override
    public void began(String table, boolean checking, long done, long rows) {
      System.out.println((checking ? "checks " : "copies ") + table + " from " + done);
    }

    @Override
    public void advanced(long done) {
      System.out.println(done);
    }

    @Override
    public void ended() {
      System.out.println("ended");
    }
  }
}
