package dev.pharos.cluster;

import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import dev.pharos.trace.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part in the cluster: says that it lives, takes its fair share of the servers, follows
 * edits that were made elsewhere, and gives back what it has too much of. Thread-safe: one beat at
 * a time.
 */
public final class Cluster implements AutoCloseable {
  /** How often {@link #beat} is to be called. */
  public static final Duration BEAT = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final Node me;
  private final OwnerStore owners;
  private final Keeper keeper;
  private final Witness witness;
  private final InstantSource clock;
  private final Ticker ticker;
  private final Lease lease;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private volatile List<Node> nodes;
  private volatile @Nullable Instant cutOffSince;

  /** Since when every beat has arrived, in the ticker's time; guarded by the lock. */
  private @Nullable Long steadySince;

  private boolean left;

  public Cluster(
      Node me,
      OwnerStore owners,
      Keeper keeper,
      Witness witness,
      InstantSource clock,
      Ticker ticker) {
    this.me = me;
    this.owners = owners;
    this.keeper = keeper;
    this.witness = witness;
    this.clock = clock;
    this.ticker = ticker;
    this.lease = new Lease(ticker);
    this.nodes = List.of(me);
  }

  /**
   * Joins, and takes what it can have at once.
   *
   * @param predecessor a node that is known to have ended, whose servers this one goes on with; or
   *     null
   * @throws RuntimeException of the store, when it cannot be reached
   */
  public void join(@Nullable String predecessor) {
    oneAtATime.lock();
    try {
      if (predecessor != null) {
        owners.inherit(me.id(), predecessor);
      }
      round();
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Whether servers may be looked at now; asked before each look, and never blocks. */
  public boolean mayLook() {
    return lease.mayLook();
  }

  /** All nodes as they were last heard of, this one among them. */
  public List<Node> nodes() {
    return nodes;
  }

  public String id() {
    return me.id();
  }

  /** Since when this node does not reach the store, or null when it does. */
  public @Nullable Instant cutOffSince() {
    return cutOffSince;
  }

  /** One beat; called again and again, and whenever something may have changed. */
  public void beat() {
    oneAtATime.lock();
    try {
      if (!left) {
        tryRound();
      }
    } finally {
      oneAtATime.unlock();
    }
  }

  private void tryRound() {
    try {
      round();
      if (cutOffSince != null) {
        cutOffSince = null;
        LOG.atInfo().log("The database is reached again");
      }
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void failed(RuntimeException e) {
    lease.failed();
    if (cutOffSince == null) {
      cutOffSince = clock.instant();
      LOG.atWarn().addKeyValue("because", e.getMessage()).log("The database is not reached");
    }
    steadySince = null;
    lease.outage(alone() || witness.nobodyReaches());
  }

  /** No other node is known: one that is dead may only sleep, and wake while we are cut off. */
  private boolean alone() {
    return nodes.stream().allMatch(each -> each.id().equals(me.id()));
  }

  private void round() {
    long moment = lease.asks();
    nodes = List.copyOf(owners.beat(me.with(keeper.kept().size())));
    if (steadySince == null) {
      steadySince = moment;
    }
    lease.outage(alone());
    obey(owners.survey());
    lease.confirmed(moment);
    witness.reached();
  }

  private void obey(List<Holding> survey) {
    int live = Math.max(1, (int) nodes.stream().filter(Node::live).count());
    Shares shares = Shares.of(survey, keeper.kept(), me.id(), live);
    if (!shares.lost().isEmpty()) {
      keeper.lost(shares.lost());
    }
    follow(shares.edited());
    keep(shares.found().isEmpty() ? List.of() : owners.read(shares.found()));
    if (shares.room() > 0 && anyFree(survey)) {
      keep(owners.take(me.id(), shares.room(), maySucceed()));
    }
    giveBack(shares.surplus());
  }

  /** Whether there may be something to take: most rounds need not ask. */
  private boolean anyFree(Collection<Holding> survey) {
    Set<String> living =
        nodes.stream().filter(Node::live).map(Node::id).collect(Collectors.toSet());
    return survey.stream().anyMatch(each -> !living.contains(each.owner()));
  }

  /**
   * After an outage of the store all nodes look dead to whoever reaches it first: the others get
   * the time to say that they live.
   */
  private boolean maySucceed() {
    return steadySince != null && ticker.nanos() - steadySince >= Node.DEAD.toNanos();
  }

  private void follow(List<ServerId> edited) {
    if (!edited.isEmpty()) {
      owners.read(edited).forEach(keeper::changed);
    }
  }

  private void keep(List<Standing> taken) {
    if (!taken.isEmpty()) {
      keeper.take(taken);
    }
  }

  private void giveBack(List<ServerId> surplus) {
    if (!surplus.isEmpty() && keeper.handOver(surplus)) {
      owners.release(me.id(), surplus);
      LOG.atInfo().addKeyValue("servers", surplus.size()).log("Servers go to another node");
    }
  }

  /** Gives everything back: others go on within a second. Called after the last look is written. */
  @Override
  public void close() {
    oneAtATime.lock();
    try {
      if (!left) {
        left = true;
        owners.leave(me.id());
      }
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("because", e.getMessage())
          .log("The servers could not be given back: others wait for 10 s");
    } finally {
      oneAtATime.unlock();
    }
  }
}
