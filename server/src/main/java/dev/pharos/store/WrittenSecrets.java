package dev.pharos.store;

import dev.pharos.fleet.Credentials;
import dev.pharos.fleet.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The secrets of a row, as we have sealed them, or as somebody wrote them in the clear.
 *
 * @param doubts told of secrets that somebody wrote and that cannot be read, which are left out;
 *     null when they are to fail
 */
record WrittenSecrets(ResultSet row, SecretBox box, @Nullable RowDoubts doubts) {
  private static final String AUTH = "auth_config";
  private static final String ENV = "env";

  /** How we come in. */
  record Auth(Credentials credentials, Map<String, Secret> headers) {
    static final Auth NONE = new Auth(new Credentials.None(), Map.of());
  }

  Auth auth() throws SQLException {
    String type = row.getString("auth_type");
    String stored = row.getString(AUTH);
    if (stored != null && SecretBox.isSealed(stored)) {
      String opened = opened(stored, AUTH);
      return new Auth(CredentialsJson.credentials(type, opened), CredentialsJson.headers(opened));
    }
    try {
      String clear = stored == null || stored.isBlank() ? null : CredentialsJson.whole(stored);
      String fitting = CredentialsJson.fitting(type, clear);
      return new Auth(CredentialsJson.credentials(fitting, clear), CredentialsJson.headers(clear));
    } catch (RuntimeException e) {
      leaveOut("auth_config is neither sealed nor a JSON object that fits auth_type");
      return Auth.NONE;
    }
  }

  Map<String, Secret> env() throws SQLException {
    String stored = row.getString(ENV);
    if (stored == null || stored.isBlank()) {
      return Map.of();
    }
    if (SecretBox.isSealed(stored)) {
      return Json.secrets(Json.parse(opened(stored, ENV)));
    }
    try {
      JsonNode json = Json.parse(stored);
      if (json.isObject()) {
        return Json.secrets(json);
      }
    } catch (RuntimeException e) {
      // told below
    }
    leaveOut("env is neither sealed nor a JSON object of texts");
    return Map.of();
  }

  private void leaveOut(String reason) throws SQLException {
    StoreException e = new StoreException(reason);
    if (doubts == null) {
      throw e;
    }
    doubts.tell(row, "it is taken without these secrets", e);
  }

  private String opened(String sealed, String column) throws SQLException {
    return box.open(sealed, ServerRows.place(column, row.getLong("id")));
  }
}
