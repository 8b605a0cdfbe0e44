package dev.pharos.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pharos.access.SessionStore;
import dev.pharos.cluster.ErrandStore;
import dev.pharos.cluster.OwnerStore;
import dev.pharos.cluster.RefreshStore;
import dev.pharos.event.Bell;
import dev.pharos.fleet.ServerId;
import dev.pharos.store.PostgresSource.Use;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What nodes on one PostgreSQL database share. */
final class PostgresSharing implements Sharing, AutoCloseable {
  private static final int CONNECTIONS = 3;
  private static final Duration WAIT = Duration.ofSeconds(2);

  private static final String RELAYED = "SELECT event FROM relay WHERE id = 1";
  private static final String RELAY =
      """
      INSERT INTO relay (id, event) VALUES (1, :event)
      ON CONFLICT (id) DO UPDATE SET event = excluded.event
      """;

  private final PostgresSource source;
  private final Coordination coordination;
  private final OwnerStore owners;
  private final ErrandStore errands;
  private final SessionStore sessions;
  private final RefreshStore refreshes;
  private final SharedPassword password;
  private final SecretBox box;
  private final SqlServerStore servers;

  PostgresSharing(
      PostgresSource source,
      Database database,
      SecretBox box,
      ServerRows rows,
      Recollection recollection,
      SqlServerStore servers) {
    this.source = source;
    this.servers = servers;
    this.box = box;
    coordination = new Coordination(source.dialect(), source.schema(), pool(source));
    owners = new SqlOwners(coordination, rows, recollection);
    errands = new SqlErrands(coordination);
    sessions = new SqlSessions(database, coordination);
    refreshes = new SqlRefreshes(database, coordination);
    password = new SharedPassword(database, coordination, box);
  }

  private static HikariDataSource pool(PostgresSource source) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("pharos-coordination");
    pool.setDataSource(source.open(Use.COORDINATE, "pharos-coordination"));
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(WAIT.toMillis());
    pool.setInitializationFailTimeout(-1);
    return new HikariDataSource(pool);
  }

  @Override
  public OwnerStore owners() {
    return owners;
  }

  @Override
  public ErrandStore errands() {
    return errands;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public RefreshStore refreshes() {
    return refreshes;
  }

  @Override
  public @Nullable String password() {
    return password.read();
  }

  @Override
  public void password(@Nullable String hash) {
    password.write(hash);
  }

  @Override
  public byte[] key(String purpose) {
    return box.derive(purpose);
  }

  @Override
  public Bell eventBell() {
    return bell("events");
  }

  @Override
  public Bell editBell() {
    return bell("edits");
  }

  @Override
  public Bell errandBell() {
    return bell("errands");
  }

  private Bell bell(String what) {
    return new PostgresBell(source, coordination.channel(what));
  }

  @Override
  public List<ServerId> adopt() {
    return servers.adopt();
  }

  @Override
  public OptionalLong relayed() {
    return coordination
        .with(handle -> handle.createQuery(RELAYED).mapTo(Long.class).findOne())
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  @Override
  public void relayed(long event) {
    coordination.with(handle -> handle.createUpdate(RELAY).bind("event", event).execute());
  }

  @Override
  public void close() {
    coordination.close();
  }
}
