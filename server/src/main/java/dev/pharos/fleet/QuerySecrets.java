package dev.pharos.fleet;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/**
 * Secrets in the query of an address, where some servers want them: {@code
 * https://mcp.example/?api_key=…}. A parameter is taken for one by its name.
 */
public final class QuerySecrets {
  private static final Pattern NAME =
      Pattern.compile(
          ".*(?:api[_-]?key|access[_-]?key|token|secret|passw(?:or)?d|signature|credential).*"
              + "|key|sig|code|auth|pass|pwd",
          Pattern.CASE_INSENSITIVE);

  private QuerySecrets() {}

  /** The secrets as they are written, with their percent signs. */
  public static List<String> of(URI url) {
    List<String> secrets = new ArrayList<>();
    var _ =
        write(
            url.toString(),
            (_, value) -> {
              secrets.add(value);
              return value;
            });
    return secrets;
  }

  /**
   * The address with other values in place of its secrets.
   *
   * @param address without a fragment; need not be a valid one
   * @param replacement gives the new value for a name and a value, which is not empty
   */
  public static String write(String address, BinaryOperator<String> replacement) {
    int query = address.indexOf('?');
    if (query < 0) {
      return address;
    }
    List<String> parameters = new ArrayList<>();
    for (String parameter : address.substring(query + 1).split("&", -1)) {
      int equals = parameter.indexOf('=');
      boolean secret =
          equals > 0
              && equals < parameter.length() - 1
              && NAME.matcher(parameter.substring(0, equals)).matches();
      parameters.add(
          secret
              ? parameter.substring(0, equals + 1)
                  + replacement.apply(
                      parameter.substring(0, equals), parameter.substring(equals + 1))
              : parameter);
    }
    return address.substring(0, query + 1) + String.join("&", parameters);
  }
}
