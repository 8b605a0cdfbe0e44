package dev.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the packages to what ARCHITECTURE.md says of them. Changing a table here means an ADR. */
class ArchitectureTest {
  private static final String ROOT = "dev.pharos";

  /** What each package may see, besides itself. The root sees all and is seen by nobody. */
  private static final Map<String, Set<String>> MAY_SEE =
      Map.ofEntries(
          Map.entry("trace", Set.of()),
          Map.entry("fleet", Set.of("trace")),
          Map.entry("net", Set.of("trace")),
          Map.entry("process", Set.of("trace")),
          Map.entry("oauth", Set.of("net", "trace")),
          Map.entry("mcp", Set.of("net", "process", "trace")),
          Map.entry("probe", Set.of("fleet", "mcp", "oauth", "net", "process", "trace")),
          Map.entry("field", Set.of()),
          Map.entry("definition", Set.of("fleet", "field", "net", "trace")),
          Map.entry("health", Set.of("fleet", "trace")),
          Map.entry("event", Set.of("fleet", "trace")),
          Map.entry("history", Set.of("fleet", "trace")),
          Map.entry("capability", Set.of("fleet", "trace")),
          Map.entry("registry", Set.of("definition", "field", "fleet", "event", "trace")),
          Map.entry("settings", Set.of("health", "history", "field", "fleet", "event", "trace")),
          Map.entry("access", Set.of()),
          Map.entry(
              "config",
              Set.of(
                  "access", "settings", "definition", "field", "probe", "net", "fleet", "trace")),
          Map.entry("cluster", Set.of("fleet", "trace")),
          Map.entry("watch", Set.of("probe", "health", "capability", "event", "fleet", "trace")),
          Map.entry(
              "store",
              Set.of(
                  "access",
                  "cluster",
                  "watch",
                  "registry",
                  "settings",
                  "event",
                  "history",
                  "capability",
                  "fleet",
                  "trace")),
          Map.entry("redis", Set.of("cluster", "event", "capability", "fleet", "trace")),
          Map.entry("view", Set.of("fleet", "trace")),
          Map.entry(
              "http",
              Set.of(
                  "push",
                  "view",
                  "access",
                  "registry",
                  "settings",
                  "definition",
                  "field",
                  "capability",
                  "history",
                  "event",
                  "fleet",
                  "trace")),
          Map.entry("demo", Set.of()),
          Map.entry("push", Set.of("event", "fleet", "trace")),
          Map.entry("telemetry", Set.of("fleet", "trace")),
          Map.entry(
              "cli",
              Set.of(
                  "config", "registry", "probe", "definition", "field", "view", "fleet", "trace")));

  private static final List<String> VAGUE_SUFFIXES =
      List.of("Impl", "Manager", "Helper", "Util", "Utils", "Base");

  private static final Map<String, Set<String>> CLOCKS =
      Map.of(
          "java.time.Instant", Set.of("now"),
          "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
          "java.lang.Thread", Set.of("sleep"),
          "java.util.concurrent.TimeUnit", Set.of("sleep"));

  private static final int MAX_PUBLIC_CLASSES = 20;

  /** The nouns share one package: outside a module, sealed types and those they permit must. */
  private static final int MAX_NOUNS = 40;

  private static JavaClasses classes;

  @BeforeAll
  static void read_the_programs_own_classes() {
    // Where Main is, the tests are not.
    classes =
        new ClassFileImporter()
            .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());
    assertThat(classes.contain(Main.class)).isTrue();
    assertThat(classes.contain(ArchitectureTest.class)).isFalse();
  }

  @Test
  void every_package_is_in_the_table() {
    Set<String> unknown = new TreeSet<>();
    for (JavaClass each : classes) {
      if (!isRoot(each) && !MAY_SEE.containsKey(part(each))) {
        unknown.add(each.getPackageName());
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void packages_are_flat() {
    assertThat(classes)
        .extracting(JavaClass::getPackageName)
        .allMatch(name -> name.equals(ROOT) || name.equals(ROOT + "." + partOf(name)));
  }

  @Test
  void a_package_sees_only_what_the_table_allows() {
    assertThat(dependencies())
        .filteredOn(dependency -> isOurs(target(dependency)))
        .filteredOn(dependency -> !maySee(dependency.getOriginClass(), target(dependency)))
        .extracting(Dependency::getDescription)
        .isEmpty();
  }

  @Test
  void the_table_itself_has_no_circles() {
    Map<String, Set<String>> rest =
        MAY_SEE.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> new TreeSet<>(each.getValue())));
    while (rest.entrySet().removeIf(each -> each.getValue().isEmpty())) {
      rest.values().forEach(seen -> seen.retainAll(rest.keySet()));
    }
    assertThat(rest).isEmpty();
  }

  @Test
  void there_are_no_circles_between_packages() {
    SlicesRuleDefinition.slices()
        .matching(ROOT + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(classes);
  }

  /** Packages that do not stand yet are listed where the design has them. */
  @ParameterizedTest
  @CsvSource({
    "tools.jackson,         demo mcp oauth field definition settings event capability store redis config view cli http push",
    "com.fasterxml.jackson, mcp oauth definition cli http",
    "io.javalin,            http push",
    "org.eclipse.jetty,     http push",
    "jakarta.servlet,       http push",
    "io.micrometer,         telemetry",
    "kotlin,                http push",
    "org.apache.hc,         net",
    "com.password4j,        access",
    "redis.clients,         redis",
    "org.jdbi,              store",
    "org.flywaydb,          store",
    "org.sqlite,            store",
    "org.postgresql,        store",
    "com.zaxxer.hikari,     store",
    "java.sql,              store",
    "javax.sql,             store"
  })
  void a_library_stays_in_its_packages(String library, String packages) {
    List<String> allowed = List.of(packages.split(" ", -1));
    assertThat(dependencies())
        .filteredOn(
            dependency -> (target(dependency).getPackageName() + ".").startsWith(library + "."))
        .filteredOn(dependency -> !allowed.contains(part(dependency.getOriginClass())))
        .extracting(Dependency::getDescription)
        .isEmpty();
  }

  @Test
  void names_say_what_a_class_is() {
    assertThat(classes)
        .extracting(JavaClass::getSimpleName)
        .filteredOn(name -> VAGUE_SUFFIXES.stream().anyMatch(name::endsWith))
        .isEmpty();
  }

  @Test
  void time_is_injected() {
    assertThat(accesses(each -> !isRoot(each) && !isIn(each, "dev.pharos.trace.Ticker")))
        .filteredOn(access -> readsClock(access.getTarget()))
        .extracting(JavaAccess::getDescription)
        .isEmpty();
  }

  @Test
  void only_the_command_line_talks_to_the_terminal() {
    assertThat(accesses(each -> !isRoot(each) && !part(each).equals("cli")))
        .filteredOn(access -> access.getTargetOwner().getName().equals("java.lang.System"))
        .filteredOn(access -> Set.of("out", "err").contains(access.getName()))
        .extracting(JavaAccess::getDescription)
        .isEmpty();
  }

  @Test
  void every_package_says_what_may_be_null() {
    assertThat(classes)
        .filteredOn(each -> !each.getPackage().isAnnotatedWith(NullMarked.class))
        .extracting(JavaClass::getPackageName)
        .isEmpty();
  }

  @Test
  void a_package_has_few_public_types() {
    Map<String, Long> publicTypes =
        classes.stream()
            .filter(
                each -> each.isTopLevelClass() && each.getModifiers().contains(JavaModifier.PUBLIC))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(publicTypes)
        .isNotEmpty()
        .allSatisfy((name, count) ->
            assertThat(count)
                .as(name)
                .isLessThanOrEqualTo(
                    name.equals(ROOT + ".fleet") ? MAX_NOUNS : MAX_PUBLIC_CLASSES));
  }

  private static boolean maySee(JavaClass origin, JavaClass target) {
    return isRoot(origin)
        || part(origin).equals(part(target))
        || MAY_SEE.getOrDefault(part(origin), Set.of()).contains(part(target));
  }

  private static boolean readsClock(AccessTarget target) {
    return CLOCKS.getOrDefault(target.getOwner().getName(), Set.of()).contains(target.getName());
  }

  private static List<Dependency> dependencies() {
    return each(JavaClass::getDirectDependenciesFromSelf, _ -> true);
  }

  /** Calls, references to methods ({@code System::nanoTime}), and fields. */
  private static List<JavaAccess<?>> accesses(Predicate<JavaClass> of) {
    return each(JavaClass::getAccessesFromSelf, of);
  }

  private static <T> List<T> each(Function<JavaClass, Set<T>> all, Predicate<JavaClass> of) {
    return classes.stream().filter(of).flatMap(each -> all.apply(each).stream()).toList();
  }

  private static JavaClass target(Dependency dependency) {
    return dependency.getTargetClass().getBaseComponentType();
  }

  private static boolean isOurs(JavaClass each) {
    return isRoot(each) || each.getPackageName().startsWith(ROOT + ".");
  }

  private static boolean isRoot(JavaClass each) {
    return each.getPackageName().equals(ROOT);
  }

  private static boolean isIn(JavaClass each, String outer) {
    return (each.getName() + "$").startsWith(outer + "$");
  }

  private static String part(JavaClass each) {
    return partOf(each.getPackageName());
  }

  /** The first name below the root; empty for the root itself. */
  private static String partOf(String packageName) {
    return packageName.equals(ROOT)
        ? ""
        : Stream.of(packageName.substring(ROOT.length() + 1).split("\\.", -1))
            .findFirst()
            .orElse("");
  }
}
