package dev.pharos.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where one database differs from another; all other SQL is the same for all. */
sealed interface Dialect permits SqliteDialect, PostgresDialect {
  /** The lesser of two expressions. */
  String least(String a, String b);

  /** The greater of two expressions. */
  String greatest(String a, String b);

  /** What keeps the rows of a query from being written by others until the transaction's end. */
  String forUpdate();

  /**
   * An expression over a row {@code s} of servers and {@code f} of their facts that is another
   * after each write by anybody; null when there is none.
   */
  @Nullable String rowStamp();

  /** Gives {@code :count} new numbers of servers, which nobody else is given. */
  String newServerIds();

  /** Joins the row {@code l} of the log that {@code c.at} and {@code c.server_id} name. */
  String logOfChain();

  /**
   * A query for the begins of buckets from {@code :first} on, each {@code :step}, to {@code :end}.
   */
  String buckets();

  /** Sets an instant, in microseconds, or none. */
  void setMoment(PreparedStatement statement, int index, @Nullable Long micros) throws SQLException;

  /** Sets a text that somebody else wrote, as the database can hold it. */
  void setText(PreparedStatement statement, int index, @Nullable String text) throws SQLException;

  /** Whether what failed may succeed when the whole transaction is run once more. */
  boolean worthAnotherTry(SQLException e);

  /** Whether the connection is lost, which says nothing of the next one. */
  boolean lostConnection(SQLException e);

  /** What a failure means to a person. */
  StoreException explain(SQLException e);
}
