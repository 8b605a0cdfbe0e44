package dev.pharos.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.fleet.Observation;
import dev.pharos.fleet.Outcome;
import dev.pharos.testing.FakeMcpServer;
import dev.pharos.trace.Failure;
import dev.pharos.trace.FailureKind;
import dev.pharos.trace.FindingKind;
import dev.pharos.trace.Stage;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Lists that are long, endless, or broken in part. */
class SurviveListsTest extends Survival {
  @Test
  void all_pages_of_all_lists_are_read() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .tools(25)
            .offer("prompts", 3)
            .offer("resources", 11)
            .offer("resourceTemplates", 1)
            .pageSize(10)) {
      Observation seen = healthy(server);
      assertThat(seen.counts().tools()).isEqualTo(25);
      assertThat(seen.counts().prompts()).isEqualTo(3);
      assertThat(seen.counts().resources()).isEqualTo(11);
      assertThat(seen.counts().resourceTemplates()).isEqualTo(1);
      assertThat(server.requests("tools/list")).hasSize(3);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
      assertThat(server.requests("DELETE")).hasSize(1);
    }
  }

  @Test
  void a_cursor_that_comes_twice_ends_the_paging() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .on("tools/list", x -> x.result("{\"tools\":[],\"nextCursor\":\"again\"}"))) {
      is(impairment(target(server.url())), Stage.LIST, FailureKind.LIST_LOOP);
      assertThat(server.requests("tools/list")).hasSizeLessThan(4);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_hundred_thousand_tools_in_one_page_above_the_bound() {
    try (FakeMcpServer server = FakeMcpServer.start().tools(100_000)) {
      is(failure(target(server.url())), Stage.LIST, FailureKind.OVERSIZE);
      assertThat(server.ended()).isEqualTo(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void a_hundred_thousand_small_tools_in_one_page() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .offer("tools", Collections.nCopies(100_000, "{\"name\":\"t\",\"inputSchema\":{}}"))) {
      tooLong(look(target(server.url())));
    }
  }

  @Test
  void a_hundred_thousand_tools_in_many_pages() {
    try (FakeMcpServer server = FakeMcpServer.start().tools(100_000).pageSize(100)) {
      tooLong(look(target(server.url())));
      assertThat(server.requests("tools/list")).hasSize(64);
    }
  }

  @Test
  void more_items_than_the_bound_in_a_few_pages() {
    try (FakeMcpServer server = FakeMcpServer.start().tools(30_000).pageSize(6_000)) {
      tooLong(look(target(server.url())));
      assertThat(server.requests("tools/list")).hasSizeLessThan(4);
    }
  }

  private static void tooLong(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Impaired.class);
    is(((Outcome.Impaired) outcome).reason(), Stage.LIST, FailureKind.LIST_TOO_LONG);
    assertThat(findings(outcome.seen())).contains(FindingKind.LIST_INCOMPLETE);
    // A list that was not read to its end is not known.
    assertThat(outcome.seen().counts().tools()).isEqualTo(-1);
    assertThat(outcome.seen().capabilities()).satisfies(c -> assertThat(c.tools()).isNull());
  }

  @Test
  void a_later_page_that_fails_leaves_the_server_degraded() {
    try (FakeMcpServer server = FakeMcpServer.start().tools(20).pageSize(10)) {
      server
          .once("tools/list", server::usual)
          .once("tools/list", x -> x.error(-32602, "bad cursor"));
      Failure failure = impairment(target(server.url()));
      is(failure, Stage.LIST, FailureKind.LIST_PARTIAL);
      assertThat(failure.message()).contains("page 2", "bad cursor");
    }
  }

  @Test
  void prompts_that_fail_leave_the_server_degraded_with_its_tools() {
    try (FakeMcpServer server =
        FakeMcpServer.start()
            .tools(4)
            .offer("prompts", 1)
            .on("prompts/list", x -> x.error(-32603, "broken"))) {
      Outcome outcome = look(target(server.url()));
      assertThat(outcome).isInstanceOf(Outcome.Impaired.class);
      is(((Outcome.Impaired) outcome).reason(), Stage.LIST, FailureKind.LIST_ERROR);
      assertThat(outcome.seen().counts().tools()).isEqualTo(4);
      assertThat(outcome.seen().counts().prompts()).isEqualTo(-1);
    }
  }

  @Test
  void a_kept_session_keeps_the_count_of_the_last_whole_list() {
    try (FakeMcpServer server = FakeMcpServer.start().tools(7);
        KeptSession session = prober.keep(target(server.url()))) {
      assertThat(passed(look(session, target(server.url()), Depth.ALL)).changed()).isTrue();
      server.once("tools/list", x -> x.result("{\"tools\":[],\"nextCursor\":\"a\"}"));
      server.once("tools/list", x -> x.result("{\"tools\":[],\"nextCursor\":\"a\"}"));
      Outcome broken = look(session, target(server.url()), Depth.TOOLS);
      assertThat(broken).isInstanceOf(Outcome.Impaired.class);
      assertThat(broken.seen().counts().tools()).isEqualTo(7);
      assertThat(broken.seen().changed()).isFalse();
      Observation again = passed(look(session, target(server.url()), Depth.TOOLS));
      assertThat(again.counts().tools()).isEqualTo(7);
      assertThat(again.changed()).isFalse();
    }
  }
}
