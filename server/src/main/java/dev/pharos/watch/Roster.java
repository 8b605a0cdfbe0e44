package dev.pharos.watch;

import dev.pharos.fleet.ServerId;
import dev.pharos.fleet.Standing;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All posts, by number and by name. Thread-safe. */
final class Roster {
  private final Map<ServerId, Post> byId = new ConcurrentHashMap<>();
  private final Map<String, ServerId> byName = new ConcurrentHashMap<>();

  /** Adds a server that is not known yet; returns null when it is. */
  @Nullable Post add(Standing standing) {
    Post post = new Post(standing);
    boolean added = byId.putIfAbsent(post.id, post) == null;
    if (added) {
      byName.put(standing.server().spec().name(), post.id);
    }
    return added ? post : null;
  }

  void renamed(ServerId id, String before, String after) {
    byName.put(after, id);
    if (!before.equals(after)) {
      byName.remove(before, id);
    }
  }

  @Nullable Post remove(ServerId id) {
    Post post = byId.remove(id);
    byName.values().removeIf(id::equals);
    return post;
  }

  @Nullable Post get(ServerId id) {
    return byId.get(id);
  }

  @Nullable Post get(String name) {
    ServerId id = byName.get(name);
    return id == null ? null : byId.get(id);
  }

  int size() {
    return byId.size();
  }

  Collection<Post> all() {
    return byId.values();
  }

  /** Every server as it stands. */
  List<Standing> standings() {
    return byId.values().stream().map(Roster::standing).toList();
  }

  static Standing standing(Post post) {
    synchronized (post) {
      return post.standing();
    }
  }
}
