package dev.pharos.benchmarks;

import dev.pharos.testing.RedisProcess;
import dev.pharos.testing.monitor.ProcessTree;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A PostgreSQL as it is installed (it waits for the disk at each commit) and a Redis that writes
 * nothing to disk, both of this run alone.
 */
final class Servers implements Backing {
  private static final String SCHEMA = "pharos";

  private final EmbeddedPostgres postgres;
  private final RedisProcess redis;
  private final Path data;

  private Servers(EmbeddedPostgres postgres, RedisProcess redis, Path data) {
    this.postgres = postgres;
    this.redis = redis;
    this.data = data;
  }

  static Servers start(Path folder) throws IOException {
    Path data = folder.resolve("postgres");
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().setDataDirectory(data).start();
    return new Servers(postgres, RedisProcess.start(), data);
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "PHAROS_DATABASE_URL",
        url(),
        "PHAROS_DATABASE_SCHEMA",
        SCHEMA,
        "PHAROS_REDIS_URL",
        "redis://127.0.0.1:" + redis.port(),
        "PHAROS_SECRET_KEY",
        "a key that all replicas have");
  }

  @Override
  public Map<String, ProcessTree> processes() {
    Map<String, ProcessTree> all = new LinkedHashMap<>();
    all.put("PostgreSQL", new ProcessTree(postmaster()));
    all.put("Redis", new ProcessTree(redis.pid()));
    return all;
  }

  @Override
  public Growth growth() throws SQLException {
    return Growth.ofPostgres(url(), SCHEMA);
  }

  @Override
  public void close() throws IOException {
    redis.close();
    postgres.close();
  }

  private String url() {
    return postgres.getJdbcUrl("postgres", "postgres") + "&password=";
  }

  /** The first line of its own note of who it is. */
  private long postmaster() {
    try {
      return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL does not run", e);
    }
  }
}
