package dev.pharos.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LookChildTest {
  private static final WireTap EAR = (_, _, _) -> {};

  private final AtomicLong nanos = new AtomicLong();
  private final Ticker ticker = nanos::get;
  private final Look look =
      new Look(
          new StageClock(ticker, Stage.AUTH),
          Deadline.after(Duration.ofSeconds(1), ticker),
          WireTap.none());

  @Test
  void a_child_keeps_its_times_and_notes_to_itself() {
    Look child = look.child(Stage.AUTH, EAR);
    child.clock().enter(Stage.DNS);
    nanos.addAndGet(5_000_000);
    child.certificate(new Certificate("CN=as", "CN=ca", Instant.EPOCH));
    child.read(10);
    child.note(FindingKind.ODD_NAME, "x");

    assertThat(look.clock().times()).containsExactly(new StageTime(Stage.AUTH, 5_000));
    assertThat(child.clock().times())
        .containsExactly(new StageTime(Stage.DNS, 5_000), new StageTime(Stage.AUTH, 0));
    assertThat(look.certificate()).isNull();
    assertThat(look.bytesRead()).isZero();
    assertThat(look.findings()).isEmpty();
  }

  @Test
  void a_child_shares_the_deadline_and_is_heard_by_whom_it_is_given() {
    Look child = look.child(Stage.AUTH, EAR);
    assertThat(child.deadline()).isSameAs(look.deadline());
    assertThat(child.tap()).isSameAs(EAR);
  }
}
