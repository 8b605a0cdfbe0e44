package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.access.SessionStore;
import dev.pharos.access.SessionStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions and the password, as two nodes share them. */
class PostgresSessionsTest extends SessionStoreContract {
  private static PostgresNodes nodes;

  @BeforeAll
  static void open() {
    nodes = PostgresNodes.open();
  }

  @AfterAll
  static void close() {
    nodes.close();
  }

  @BeforeEach
  void empty() {
    nodes.run("TRUNCATE %s.login_sessions, %<s.admin_password");
  }

  @Override
  protected SessionStore store() {
    return nodes.a().sharing().sessions();
  }

  @Test
  void a_password_holds_for_all_nodes_until_it_is_removed() {
    Sharing a = nodes.a().sharing();
    Sharing b = nodes.b().sharing();
    assertThat(b.password()).isNull();

    a.password("$argon2id$canary");
    a.password("$argon2id$canary-2");
    assertThat(b.password()).isEqualTo("$argon2id$canary-2");

    b.password(null);
    assertThat(a.password()).isNull();
  }

  @Test
  void who_writes_into_the_database_sets_no_password() {
    Sharing sharing = nodes.a().sharing();
    sharing.password("$argon2id$canary");
    assertThat(
            nodes.number("SELECT COUNT(*) FROM %s.admin_password WHERE sealed LIKE '%%canary%%'"))
        .isZero();

    nodes.run("UPDATE %s.admin_password SET sealed = '$argon2id$mine'");
    assertThatThrownBy(sharing::password).isInstanceOf(StoreException.class);
  }

  @Test
  void nodes_with_one_secret_come_to_one_key_for_each_purpose() {
    Sharing a = nodes.a().sharing();
    assertThat(a.key("one")).hasSize(32).isEqualTo(nodes.b().sharing().key("one"));
    assertThat(a.key("one")).isNotEqualTo(a.key("two"));
  }
}
