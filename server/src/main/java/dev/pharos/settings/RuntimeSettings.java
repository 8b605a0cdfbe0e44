package dev.pharos.settings;

import dev.pharos.event.EventBus;
import dev.pharos.field.FieldPath;
import dev.pharos.field.Problem;
import dev.pharos.fleet.FleetEvent;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can be changed while the monitor runs. A field's value is what the configuration file fixes,
 * else what was stored, else its default. Thread-safe: readers never wait, writers do so for each
 * other.
 */
public final class RuntimeSettings {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final ConfigStore store;
  private final EventBus bus;
  private final InstantSource clock;
  private volatile Map<String, ObjectNode> fixed;
  private final List<Consumer<Current>> listeners = new CopyOnWriteArrayList<>();

  /** Replaced as a whole, under the lock of this object. */
  private volatile Map<Group, ObjectNode> groups;

  private volatile Current current;

  /**
   * @param fixed fields by group that a configuration file sets, as {@link #read} gave them; they
   *     cannot be changed here
   */
  public RuntimeSettings(
      ConfigStore store, EventBus bus, InstantSource clock, Map<String, ObjectNode> fixed) {
    this.store = store;
    this.bus = bus;
    this.clock = clock;
    this.fixed = Map.copyOf(fixed);
    this.groups = load(store.all());
    this.current = Current.of(groups);
  }

  private Map<Group, ObjectNode> load(Map<String, String> stored) {
    Map<Group, ObjectNode> loaded = new LinkedHashMap<>();
    for (Group group : Group.ALL) {
      ObjectNode json = group.defaults();
      overlay(json, usable(group, stored.getOrDefault(group.key(), "{}")));
      overlay(json, fixed(group));
      loaded.put(group, json);
    }
    return loaded;
  }

  /** What another version wrote may have other fields and ranges: those are as if never set. */
  private static ObjectNode usable(Group group, String stored) {
    JsonNode tree = tree(stored);
    return tree.isObject()
        ? group.read(tree, "", new ArrayList<>())
        : JsonNodeFactory.instance.objectNode();
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static void overlay(ObjectNode below, ObjectNode above) {
    above.properties().forEach(field -> below.set(field.getKey(), field.getValue()));
  }

  /**
   * Obeys what another process has stored meanwhile, if it has.
   *
   * @throws RuntimeException of the store, when it cannot be read; then nothing changes
   */
  public synchronized void follow() {
    Map<Group, ObjectNode> now = load(store.all());
    if (!now.equals(groups)) {
      groups = now;
      current = Current.of(now);
      listeners.forEach(listener -> listener.accept(current));
    }
  }

  /** The configuration file fixes other fields now; they are obeyed at once. */
  public synchronized void fix(Map<String, ObjectNode> other) {
    fixed = Map.copyOf(other);
    groups = load(store.all());
    current = Current.of(groups);
    listeners.forEach(listener -> listener.accept(current));
  }

  private ObjectNode fixed(Group group) {
    return fixed.getOrDefault(group.key(), JsonNodeFactory.instance.objectNode());
  }

  /** The names of all groups, in their order. */
  public static Set<String> keys() {
    return Group.byKey().keySet();
  }

  /** The names of a group's fields; empty for a group that there is not. */
  public static Set<String> names(String key) {
    Group group = Group.byKey().get(key);
    return group == null ? Set.of() : group.names();
  }

  /**
   * Reads some fields of a group and notes everything that is wrong with them.
   *
   * @return those that are right; none of a group that there is not
   */
  public static ObjectNode read(String key, JsonNode some, List<Problem> problems) {
    Group group = Group.byKey().get(key);
    return group == null ? JsonNodeFactory.instance.objectNode() : group.read(some, key, problems);
  }

  /** All settings as they are now. */
  public Current current() {
    return current;
  }

  /** From now on, hears of every change, at once, by the thread that made it; must not block. */
  public void listen(Consumer<Current> listener) {
    listeners.add(listener);
  }

  /** A group's fields as they are now, or empty when there is no such group. */
  public Optional<ObjectNode> get(String key) {
    Group group = Group.byKey().get(key);
    return Optional.ofNullable(group).map(each -> effective(each).deepCopy());
  }

  private ObjectNode effective(Group group) {
    return groups.getOrDefault(group, group.defaults());
  }

  /** The names of a group's fields that the configuration file fixes. */
  public Set<String> fixed(String key) {
    ObjectNode fields = fixed.get(key);
    return fields == null ? Set.of() : Set.copyOf(fields.propertyNames());
  }

  /**
   * Changes the fields that are given and obeys them at once.
   *
   * @param key of a group that there is
   * @throws Rejection with everything that is wrong; then nothing was changed
   * @return the group's fields as they are now
   */
  public ObjectNode put(String key, JsonNode changes, String actor) {
    Group group = Group.byKey().get(key);
    if (group == null) {
      throw new Rejection(List.of(new Problem("", "there is no such group of settings")));
    }
    List<Problem> problems = new ArrayList<>();
    ObjectNode right = group.read(changes, "", problems);
    for (String name : fixed(key)) {
      if (right.has(name) && !right.path(name).equals(fixed(group).path(name))) {
        problems.add(
            new Problem(
                FieldPath.child("", name), "is set by the configuration file: change it there"));
      }
    }
    if (!problems.isEmpty()) {
      throw new Rejection(problems);
    }
    return write(group, right, actor);
  }

  private synchronized ObjectNode write(Group group, ObjectNode changes, String actor) {
    ObjectNode before = effective(group);
    ObjectNode after = before.deepCopy();
    overlay(after, changes);
    List<String> changed =
        group.names().stream().filter(name -> !before.path(name).equals(after.path(name))).toList();
    if (changed.isEmpty()) {
      return before.deepCopy();
    }
    FleetEvent event =
        new FleetEvent.ConfigChanged(
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            null,
            "updated",
            changed.stream().map(name -> group.key() + "." + name).toList(),
            actor);
    String own = own(group, after).toString();
    bus.storeAndPublish(() -> List.of(store.put(group.key(), own, event)));
    Map<Group, ObjectNode> all = new LinkedHashMap<>(groups);
    all.put(group, after);
    groups = all;
    current = Current.of(all);
    listeners.forEach(listener -> listener.accept(current));
    return after.deepCopy();
  }

  /** What differs from the defaults and is not the file's: later versions may know better ones. */
  private ObjectNode own(Group group, ObjectNode effective) {
    ObjectNode own = effective.deepCopy();
    own.remove(fixed(group.key()));
    ObjectNode defaults = group.defaults();
    for (String name : List.copyOf(own.propertyNames())) {
      if (own.path(name).equals(defaults.path(name))) {
        own.remove(name);
      }
    }
    return own;
  }
}
