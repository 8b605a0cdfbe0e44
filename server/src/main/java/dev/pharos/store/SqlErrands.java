package dev.pharos.store;

import dev.pharos.cluster.Errand;
import dev.pharos.cluster.ErrandStore;
import dev.pharos.fleet.ServerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Errands in PostgreSQL. */
final class SqlErrands implements ErrandStore {
  private static final String ASK =
      "INSERT INTO errands (server_id, kind) VALUES (:server, :kind) RETURNING id";

  /** Old ones are asked for by nobody any more. */
  private static final String TAKE =
      """
      UPDATE errands e SET taken_by = :node FROM mcp_servers s
      WHERE s.id = e.server_id AND s.owner = :node AND e.answer IS NULL
        AND e.taken_by IS DISTINCT FROM :node
        AND e.asked_at > clock_timestamp() - INTERVAL '5 minutes'
      RETURNING e.id, e.server_id, e.kind
      """;

  private static final String ANSWER = "UPDATE errands SET answer = :answer WHERE id = :id";
  private static final String ANSWERS =
      "SELECT id, answer FROM errands WHERE id IN (<ids>) AND answer IS NOT NULL";
  private static final String FORGET =
      "DELETE FROM errands WHERE asked_at < clock_timestamp() - :age * INTERVAL '1 second'";
  private static final String RING = "SELECT pg_notify(:channel, '')";

  private final Coordination coordination;

  SqlErrands(Coordination coordination) {
    this.coordination = coordination;
  }

  @Override
  public long ask(ServerId server, Errand.Kind kind) {
    return coordination.with(handle -> {
      long id =
          handle
              .createQuery(ASK)
              .bind("server", server.value())
              .bind("kind", Names.wire(kind))
              .mapTo(Long.class)
              .one();
      ring(handle);
      return id;
    });
  }

  @Override
  public List<Errand> take(String node) {
    return coordination.with(
        handle -> handle.createQuery(TAKE).bind("node", node).map((row, _) -> errand(row)).list());
  }

  private static Errand errand(ResultSet row) throws SQLException {
    return new Errand(
        row.getLong("id"),
        new ServerId(row.getLong("server_id")),
        Names.of(Errand.Kind.class, row.getString("kind")));
  }

  @Override
  public void answer(long errand, String answer) {
    coordination.with(handle -> {
      int answered =
          handle.createUpdate(ANSWER).bind("answer", answer).bind("id", errand).execute();
      ring(handle);
      return answered;
    });
  }

  @Override
  public Map<Long, String> answers(Collection<Long> errands) {
    return coordination.with(handle ->
        handle
            .createQuery(ANSWERS)
            .bindList("ids", List.copyOf(errands))
            .map((row, _) -> Map.entry(row.getLong("id"), row.getString("answer")))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public void forget(Duration age) {
    coordination.with(handle -> handle.createUpdate(FORGET).bind("age", age.toSeconds()).execute());
  }

  private void ring(org.jdbi.v3.core.Handle handle) {
    var _ =
        handle
            .createQuery(RING)
            .bind("channel", coordination.channel("errands"))
            .mapTo(String.class)
            .findOne();
  }
}
