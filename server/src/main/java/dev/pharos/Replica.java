package dev.pharos;

import dev.pharos.capability.CapabilityCache;
import dev.pharos.cluster.Cluster;
import dev.pharos.cluster.Errand;
import dev.pharos.cluster.Errands;
import dev.pharos.cluster.Node;
import dev.pharos.cluster.Witness;
import dev.pharos.event.EventBus;
import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.StoredEvent;
import dev.pharos.http.FleetView;
import dev.pharos.registry.FleetListener;
import dev.pharos.registry.ServerStore;
import dev.pharos.settings.RuntimeSettings;
import dev.pharos.store.Sharing;
import dev.pharos.store.StoreException;
import dev.pharos.trace.StageTime;
import dev.pharos.trace.Ticker;
import dev.pharos.watch.Pulse;
import dev.pharos.watch.Watch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of several processes that share a fleet: looks at its share, and speaks for the rest. */
final class Replica implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
  private static final Duration TIDY = Duration.ofMinutes(1);
  private static final Duration FOLLOW = Duration.ofSeconds(2);

  private final Watch watch;
  private final Pulse pulse;
  private final RuntimeSettings settings;
  private final CapabilityCache cache;
  private final Sharing sharing;
  private final @Nullable String predecessor;
  private final SharedFleet fleet;
  private final Cluster cluster;
  private final Errands errands;
  private final Stages stages;
  private final Soon beat;
  private final Closing bells = new Closing();
  private final List<Pulse.Beat> beats = new ArrayList<>();

  /**
   * @param predecessor the node whose place this process takes, since it is known to have ended
   */
  Replica(
      Node me,
      @Nullable String predecessor,
      Sharing sharing,
      ServerStore servers,
      Watch watch,
      EventBus bus,
      CapabilityCache cache,
      RuntimeSettings settings,
      Witness witness,
      Pulse pulse,
      InstantSource clock,
      Ticker ticker) {
    this.watch = watch;
    this.pulse = pulse;
    this.settings = settings;
    this.cache = cache;
    this.sharing = sharing;
    this.predecessor = predecessor;
    WatchKeeper keeper = new WatchKeeper(watch);
    fleet = new SharedFleet(servers, watch);
    cluster = new Cluster(me, sharing.owners(), keeper, witness, clock, ticker);
    errands = new Errands(me.id(), sharing.errands(), keeper::work);
    stages = new Stages(errands, ticker);
    beat = new Soon(pulse, cluster::beat);
    var _ = bus.subscribe(this::heard);
  }

  /** Another node may have added or edited a server: it is not to wait for the next beat. */
  private void heard(List<StoredEvent> events) {
    if (events.stream().anyMatch(each -> each.event() instanceof FleetEvent.ConfigChanged)) {
      beat.call();
    }
  }

  @Override
  public FleetView fleet() {
    return fleet;
  }

  @Override
  public Checks checks() {
    Checks own = Checks.of(watch);
    return new Checks() {
      @Override
      public CompletableFuture<String> now(ServerId server) {
        CompletableFuture<String> here = own.now(server);
        return here == null ? elsewhere(server) : here;
      }

      @Override
      public List<StageTime> progress(ServerId server) {
        return watch.standing(server).isPresent() ? own.progress(server) : stages.of(server);
      }
    };
  }

  /** Who asks for many at once does not wait for ever for a server that nobody has. */
  private CompletableFuture<String> elsewhere(ServerId server) {
    try {
      return errands
          .ask(server, Errand.Kind.CHECK)
          .orTimeout(Errands.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public FleetListener listener() {
    return new FleetToNodes(new FleetToWatch(watch), cache, beat, this::resetElsewhere);
  }

  private void resetElsewhere(ServerId server) {
    if (watch.standing(server).isEmpty()) {
      pulse.run(() -> {
        var _ = errands.ask(server, Errand.Kind.RESET_CIRCUIT);
      });
    }
  }

  @Override
  public void start() {
    watch.start(List.of());
    cluster.join(predecessor);
    bells.own(sharing.editBell()).listen(beat::call);
    bells.own(sharing.errandBell()).listen(errands::beat);
    beats.add(pulse.every("cluster", Cluster.BEAT, cluster::beat));
    beats.add(pulse.every("errands", Errands.BEAT, errands::beat));
    beats.add(pulse.every("settings", FOLLOW, this::follow));
    beats.add(pulse.every("tidy", TIDY, this::tidy));
    pulse.run(fleet::refresh);
  }

  private void tidy() {
    unlessCutOff(() -> {
      errands.tidy();
      fleet.refresh();
    });
  }

  /** Takes in what is written by other means than ours. */
  private void follow() {
    unlessCutOff(() -> {
      settings.follow();
      var _ = sharing.adopt();
    });
  }

  /** Does what the next beat makes up for when the database has just gone. */
  private void unlessCutOff(Runnable task) {
    if (cluster.cutOffSince() != null) {
      return;
    }
    try {
      task.run();
    } catch (StoreException e) {
      LOG.atDebug().setCause(e).log("The database went away meanwhile");
    }
  }

  @Override
  public boolean mayLook() {
    return cluster.mayLook();
  }

  @Override
  public String id() {
    return cluster.id();
  }

  @Override
  public List<Node> nodes() {
    return cluster.nodes();
  }

  @Override
  public void close() {
    beats.forEach(Pulse.Beat::close);
    bells.close();
  }

  @Override
  public void leave() {
    cluster.close();
  }
}
