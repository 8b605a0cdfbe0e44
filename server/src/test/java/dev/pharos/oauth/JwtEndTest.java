package dev.pharos.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtEndTest {
  private static final String HEAD = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";

  private static String jwt(String claims) {
    return part(HEAD) + "." + part(claims) + ".c2lnbmF0dXJl";
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'exp':1793613600}|2026-11-02T10:00:00Z",
        "{'sub':'me\u00e9?>','exp':1793613600.75,'iat':1}|2026-11-02T10:00:00Z",
        "{'exp':253402300799}|9999-12-31T23:59:59Z",
        "{'exp':1}|1970-01-01T00:00:01Z",
        "{'exp':'1793613600'}|",
        "{'exp':0}|",
        "{'exp':-5}|",
        "{'exp':1e30}|",
        "{'exp':null}|",
        "{'exp':true}|",
        "{'exp':[1793613600]}|",
        "{'nested':{'exp':1793613600}}|",
        "{}|",
        "[1793613600]|",
        "1793613600|",
        "{'exp':1793613600|",
      })
  void the_claim_is_read_where_it_is_a_moment(String claims, @Nullable Instant end) {
    assertThat(AccessToken.given(jwt(claims.replace('\'', '"'))).expiresAt()).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "opaque",
        ".",
        "..",
        "...",
        "a.b.c",
        "\u00fc.\u00fc.\u00fc",
        "bm8.eyJleHAiOjE3OTM2MTM2MDB9.c2ln",
        "e30.eyJleHAiOjE3OTM2MTM2MDB9",
        "e30.eyJleHAiOjE3OTM2MTM2MDB9.x.y.z",
        "e30.eyJleHAiOjE3OTM2MTM2MDB9 .x",
      })
  void what_is_no_jwt_says_nothing(String token) {
    assertThat(AccessToken.given(token).expiresAt()).isNull();
  }

  @Test
  void what_is_too_long_is_not_read() {
    String long1 = jwt("{\"exp\":1793613600,\"x\":\"" + "x".repeat(20_000) + "\"}");
    String deep = jwt("{\"exp\":1793613600,\"x\":" + "[".repeat(900) + "]".repeat(900) + "}");
    assertThat(AccessToken.given(long1).expiresAt()).isNull();
    assertThat(AccessToken.given(deep).expiresAt()).isNull();
  }

  @Test
  void the_token_itself_is_not_told() {
    String token = jwt("{\"exp\":1793613600}");
    assertThat(AccessToken.given(token).toString())
        .contains("2026-11-02T10:00:00Z")
        .doesNotContain(token);
  }
}
