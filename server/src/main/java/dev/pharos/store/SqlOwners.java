package dev.pharos.store;

import dev.pharos.cluster.Holding;
import dev.pharos.cluster.Node;
import dev.pharos.cluster.OwnerStore;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Nodes, and whose a server is, in PostgreSQL; its clock tells how long ago a node was seen. */
final class SqlOwners implements OwnerStore {
  private static final String BEAT =
      """
      INSERT INTO nodes (id, name, version, started_at, servers, seen_at)
      VALUES (:id, :name, :version, :started, :servers, clock_timestamp())
      ON CONFLICT (id) DO UPDATE SET servers = excluded.servers, seen_at = excluded.seen_at
      """;
  private static final String FORGET =
      "DELETE FROM nodes WHERE seen_at < clock_timestamp() - INTERVAL '1 hour'";
  private static final String NODES =
      """
      SELECT id, name, version, started_at, servers,
        CAST(EXTRACT(EPOCH FROM clock_timestamp() - seen_at) * 1000000 AS BIGINT) AS age
      FROM nodes ORDER BY started_at, id
      """;
  private static final String SURVEY = "SELECT id, owner, version FROM mcp_servers";

  /** Rows that another node takes, or writes, at this moment are left to it. */
  private static final String TAKE =
      """
      WITH free AS (
        SELECT s.id FROM mcp_servers s
        WHERE s.owner IS NULL OR (:orphans AND NOT EXISTS (
          SELECT 1 FROM nodes n
          WHERE n.id = s.owner
            AND n.seen_at > clock_timestamp() - :dead * INTERVAL '1 second'))
        ORDER BY s.next_check_at NULLS FIRST, s.id
        LIMIT :most
        FOR UPDATE OF s SKIP LOCKED
      )
      UPDATE mcp_servers s SET owner = :node FROM free WHERE s.id = free.id RETURNING s.id
      """;

  /** Rows in the order of their ids, as looks are written: nobody waits in a circle. */
  private static final String PASS =
      """
      WITH ours AS (
        SELECT id FROM mcp_servers WHERE owner = :node %s ORDER BY id FOR NO KEY UPDATE
      )
      UPDATE mcp_servers s SET owner = :heir FROM ours WHERE s.id = ours.id
      """;

  private static final String ALL = PASS.formatted("");
  private static final String SOME = PASS.formatted("AND id IN (<servers>)");
  private static final String GONE = "DELETE FROM nodes WHERE id = :node";

  private final Coordination coordination;
  private final ServerRows rows;
  private final Recollection recollection;

  SqlOwners(Coordination coordination, ServerRows rows, Recollection recollection) {
    this.coordination = coordination;
    this.rows = rows;
    this.recollection = recollection;
  }

  @Override
  public List<Node> beat(Node me) {
    return coordination.with(handle -> {
      handle
          .createUpdate(BEAT)
          .bind("id", me.id())
          .bind("name", me.name())
          .bind("version", me.version())
          .bind("started", Moment.of(me.startedAt()))
          .bind("servers", me.servers())
          .execute();
      handle.execute(FORGET);
      return handle.createQuery(NODES).map((row, _) -> node(row)).list();
    });
  }

  private static Node node(ResultSet row) throws SQLException {
    return new Node(
        row.getString("id"),
        row.getString("name"),
        row.getString("version"),
        Moments.instant(row, "started_at"),
        row.getInt("servers"),
        Duration.ofNanos(Math.max(0, row.getLong("age")) * 1_000));
  }

  @Override
  public List<Holding> survey() {
    return coordination.with(handle ->
        handle
            .createQuery(SURVEY)
            .map((row, _) ->
                new Holding(
                    new ServerId(row.getLong("id")),
                    row.getString("owner"),
                    row.getLong("version")))
            .list());
  }

  @Override
  public List<Standing> take(String node, int most, boolean orphans) {
    return coordination.with(handle -> {
      List<Long> taken =
          handle
              .createQuery(TAKE)
              .bind("orphans", orphans)
              .bind("dead", Node.DEAD.toSeconds())
              .bind("most", most)
              .bind("node", node)
              .mapTo(Long.class)
              .list();
      return read(handle, taken);
    });
  }

  @Override
  public List<Standing> read(Collection<ServerId> servers) {
    return coordination.with(
        handle -> read(handle, servers.stream().map(ServerId::value).toList()));
  }

  /** What another node wrote is not recollected here. */
  private List<Standing> read(Handle handle, List<Long> servers) {
    servers.forEach(recollection::forget);
    return rows.byIds(handle, servers);
  }

  @Override
  public void release(String node, Collection<ServerId> servers) {
    List<Long> ids = servers.stream().map(ServerId::value).sorted().toList();
    if (!ids.isEmpty()) {
      coordination.with(handle ->
          handle
              .createUpdate(SOME)
              .bind("node", node)
              .bindByType("heir", null, String.class)
              .bindList("servers", ids)
              .execute());
    }
  }

  @Override
  public void inherit(String heir, String ended) {
    pass(ended, heir);
  }

  @Override
  public void leave(String node) {
    pass(node, null);
  }

  /** All that a node has is another's, or nobody's, and the node is forgotten. */
  private void pass(String node, @Nullable String heir) {
    coordination.with(handle -> {
      int servers =
          handle
              .createUpdate(ALL)
              .bind("node", node)
              .bindByType("heir", heir, String.class)
              .execute();
      handle.createUpdate(GONE).bind("node", node).execute();
      return servers;
    });
  }
}
