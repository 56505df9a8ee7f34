package dev.inkstream;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rooms of the design, held against the compiled classes: what each may import, and what only one may use.
class ArchitectureTest {
    private static final String ROOT = "dev.inkstream.";
    private static final String VECTOR_MODULE = "jdk.incubator.vector..";

    private static final DescribedPredicate<JavaClass> GENERATED = resideInAPackage(ROOT + "record.avro..");

    private static final Set<String> ROLES = Set.of("classifier", "trainer", "labeler", "live", "evaluator");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.inkstream");

    private static final JavaClasses HANDWRITTEN = MAIN.that(not(GENERATED));

    /// What each package may import of this program, itself among it. A package that is not here is refused.
    private static final Map<String, String> MAY_IMPORT = Map.ofEntries(
            entry("record", ""),
            entry("network", ""),
            entry("dataset", ""), // limits of `record` are constants, which the compiler copies
            entry("codec", "record record.avro"),
            entry("stream", "record network codec stream.intake"),
            entry("stream.admin", ""),
            entry("stream.intake", "record"),
            entry("stream.guard", "record stream.admin stream.intake"),
            entry("stream.runtime", "stream stream.admin stream.intake stream.guard"),
            entry("classifier", "record network codec stream stream.intake stream.runtime"),
            entry("trainer", "record network codec stream stream.intake stream.runtime"),
            entry("labeler", "record codec stream stream.intake stream.runtime"),
            entry("live", "record codec stream stream.intake stream.runtime"),
            entry("evaluator", "record network codec stream stream.intake stream.runtime live"),
            entry("app.console", ""),
            entry("app.files", ""),
            entry("app.monitor", "app.console"),
            entry("app.picture", "dataset app.console app.feed"),
            entry("app.broker", "record dataset app.console app.files"),
            entry("app.cluster", "record dataset codec stream stream.admin stream.intake app.console"),
            entry("app.topics", "stream stream.admin app.cluster app.console"),
            entry("app.feed", "record dataset codec stream stream.runtime app.cluster app.console"),
            entry("app.models", "record codec stream stream.intake stream.runtime app.cluster app.console"),
            entry("app.tail", "record codec stream stream.intake stream.runtime app.cluster app.console"));

    @Test
    void everyPackageImportsWhatItMay() {
        Map<String, Set<String>> beyond = new TreeMap<>();
        for (JavaClass each : HANDWRITTEN) {
            String room = room(each);
            if (isOfWiring(room)) {
                continue;
            }
            assertThat(MAY_IMPORT).as("what package %s may import", room).containsKey(room);
            Set<String> may = Set.of(MAY_IMPORT.get(room).split(" "));
            each.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .filter(target -> target.getPackageName().startsWith("dev.inkstream"))
                    .map(ArchitectureTest::room)
                    .filter(target -> !target.equals(room) && !may.contains(target))
                    .forEach(target -> beyond.computeIfAbsent(room, none -> new TreeSet<>())
                            .add(each.getSimpleName() + " imports " + target));
        }
        assertThat(beyond).isEmpty();
    }

    /// They put all rooms together.
    private static boolean isOfWiring(String room) {
        return Set.of("app", "app.role", "app.demo", "app.bench").contains(room);
    }

    /// A rule about a package that is gone, or an allowance that nobody needs, says nothing.
    @Test
    void everyAllowanceIsUsed() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass each : HANDWRITTEN) {
            Set<String> targets = used.computeIfAbsent(room(each), none -> new TreeSet<>());
            each.getDirectDependenciesFromSelf().forEach(it -> targets.add(room(it.getTargetClass())));
        }
        MAY_IMPORT.forEach((room, may) -> {
            assertThat(used).as("packages with classes").containsKey(room);
            Stream.of(may.split(" "))
                    .filter(target -> !target.isEmpty())
                    .forEach(target -> assertThat(used.get(room)).as(room).contains(target));
        });
    }

    @Test
    void rolesDoNotKnowEachOther() {
        for (String role : ROLES) {
            check(noClasses()
                    .that(resideInAPackage(layer(role)))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(ROLES.stream()
                            .filter(other -> !other.equals(role) && !(role.equals("evaluator") && other.equals("live")))
                            .map(ArchitectureTest::layer)
                            .toArray(String[]::new))));
        }
    }

    @Test
    void noPackagesImportEachOther() {
        check(slices().matching("dev.inkstream.(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyTheRuntimeKnowsKafkaStreams() {
        check(noClasses()
                .that(not(resideInAPackage(layer("stream.runtime"))))
                .should()
                .dependOnClassesThat(belongToAnyOf(org.apache.kafka.streams.KafkaStreams.class)));
    }

    @Test
    void onlyAppParsesCommandLines() {
        check(nothingBelowApp().should().dependOnClassesThat(resideInAPackage("picocli..")));
    }

    @Test
    void metersAreMadeAndWiredAndNothingElse() {
        check(noClasses()
                .that()
                .haveNameNotMatching(".*(Meters|Gauge|Topology|LiveAccuracy|DeadLetterSink|CountedProcessor)(\\$.*)?")
                .and()
                .resideOutsideOfPackages(
                        layer("app.role"),
                        layer("app.monitor"),
                        layer("app.demo"),
                        layer("app.bench"),
                        layer("stream.runtime"))
                .should()
                .dependOnClassesThat(resideInAPackage("io.micrometer..")));
    }

    @Test
    void networkIsPureComputation() {
        check(classes()
                .that(resideInAPackage(layer("network")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        layer("network"),
                        "java.lang..",
                        "java.util..",
                        "java.nio..",
                        "java.io",
                        "java.math",
                        "java.security",
                        "org.jspecify.annotations",
                        VECTOR_MODULE))
                .because("the network must be testable and replayable without Kafka, clock or machine"));
    }

    @Test
    void oneClassOfTheNetworkNeedsTheVectorModule() {
        Set<String> users = new TreeSet<>();
        for (JavaClass each : MAIN) {
            boolean uses = each.getDirectDependenciesFromSelf().stream()
                    .anyMatch(it -> it.getTargetClass().getPackageName().startsWith("jdk.incubator.vector"));
            if (uses) {
                users.add(outermost(each).getName());
            }
        }
        assertThat(users).containsExactly(ROOT + "network.VectorKernels");
    }

    @Test
    void avroStaysWithinTheCodec() {
        check(noClasses()
                .that(not(resideInAPackage(layer("codec"))))
                .should()
                .dependOnClassesThat(GENERATED)
                .orShould()
                .dependOnClassesThat(resideInAPackage("org.apache.avro.."))
                .because("the wire format may change without touching what computes"));
    }

    @Test
    void onlyAppTouchesTheProcess() {
        check(nothingBelowApp()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class));
        check(methods()
                .that()
                .haveName("main")
                .and()
                .areStatic()
                .should()
                .beDeclaredInClassesThat(resideInAPackage(layer("app"))));
    }

    @Test
    void onlyAppOpensSockets() {
        check(nothingBelowApp()
                .should()
                .dependOnClassesThat(resideInAPackage("com.sun.net.httpserver..")
                        .or(belongToAnyOf(
                                java.net.Socket.class,
                                java.net.ServerSocket.class,
                                java.net.DatagramSocket.class,
                                java.nio.channels.SocketChannel.class,
                                java.nio.channels.ServerSocketChannel.class,
                                java.net.URLConnection.class,
                                java.net.InetAddress.class))));
    }

    @Test
    void belowAppOnlyTheSchemaRegistryAndTheDownloadOfMnistSpeakHttp() {
        check(nothingBelowApp()
                .and()
                .haveNameNotMatching(
                        "dev\\.inkstream\\.codec\\.\\w*Registry.*|dev\\.inkstream\\.dataset\\.\\w*Download.*")
                .should()
                .dependOnClassesThat(resideInAPackage("java.net.http..")));
    }

    @Test
    void nothingReflectsOrDeserializesJavaObjects() {
        check(noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.lang.reflect.."))
                .orShould()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .dependOnClassesThat(belongToAnyOf(java.io.ObjectInputStream.class))
                .because("what runs should be found by reading"));
    }

    @Test
    void noStateIsStatic() {
        check(fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("a second instance in the process would share it"));
    }

    @Test
    void everyPackageHasAPackageInfo() {
        Set<String> without = new TreeSet<>();
        for (JavaClass each : HANDWRITTEN) {
            if (each.getPackage().tryGetPackageInfo().isEmpty()) {
                without.add(each.getPackageName());
            }
        }
        assertThat(without).as("packages without a package-info.java").isEmpty();
    }

    /// As its last sentence, in the words of the table.
    @Test
    void everyPackageInfoHasItsLineOfTheTable() throws IOException {
        for (Map.Entry<String, String> room : MAY_IMPORT.entrySet()) {
            String imports = Stream.of(room.getValue().split(" "))
                    .filter(target -> !target.isEmpty() && !target.equals("record.avro"))
                    .map(target -> "`" + target + "`")
                    .collect(Collectors.joining(", "));
            Path file = Path.of(
                            "src",
                            "main",
                            "java",
                            "dev",
                            "inkstream",
                            room.getKey().replace('.', '/'))
                    .resolve("package-info.java");
            String words = Files.readString(file).replace("\n/// ", " ");
            assertThat(words)
                    .as(room.getKey())
                    .contains("Imports " + (imports.isEmpty() ? "no other package of Inkstream" : imports) + ".");
        }
    }

    @Test
    void theRulesSeeWhatTheyForbid() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        assertThatThrownBy(() -> noClasses()
                        .should()
                        .callMethod(System.class, "getenv", String.class)
                        .check(offender))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Offender");
        assertThatThrownBy(() -> fields().that().areStatic().should().beFinal().check(offender))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Offender.calls");
        assertThat(MAIN.that(alwaysTrue())).as("classes the rules look at").isNotEmpty();
    }

    private static GivenClassesConjunction nothingBelowApp() {
        return noClasses().that(not(resideInAPackage(layer("app"))));
    }

    private static void check(ArchRule rule) {
        rule.check(HANDWRITTEN);
    }

    private static String layer(String name) {
        return ROOT + name + "..";
    }

    /// The package below the root: `stream.intake`.
    private static String room(JavaClass each) {
        String name = each.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return outermost;
    }

    /// What the rules forbid, to see them fail.
    @SuppressWarnings("unused")
    private static final class Offender {
        private static int calls;

        static String home() {
            calls++;
            return String.valueOf(System.getenv("HOME"));
        }
    }
}
