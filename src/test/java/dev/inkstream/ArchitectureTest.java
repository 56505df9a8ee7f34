package dev.inkstream;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
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
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

/// Compares the compiled classes with the rooms of the design: what each may import, and what only one may use.
class ArchitectureTest {
    private static final String ROOT = "dev.inkstream.";
    private static final String ANY = "*";
    private static final String VECTOR_MODULE = "jdk.incubator.vector..";

    private static final DescribedPredicate<JavaClass> GENERATED = resideInAPackage(ROOT + "record.avro..");

    /// The roles, and what of each the wiring may use. All else of a role is package-private.
    private static final Map<String, Set<String>> PUBLIC_OF_ROLES = Map.of(
            "classifier", Set.of("ClassifierSettings", "ClassifierTopology", "ServingModel"),
            "trainer",
                    Set.of(
                            "Beginning",
                            "KafkaLabeledLog",
                            "LabeledExamples",
                            "LabeledLog",
                            "LostExamplesException",
                            "OnDivergence",
                            "TrainingDivergedException",
                            "TrainerSettings",
                            "TrainerTopology",
                            "Training"),
            "labeler", Set.of("LabelerSettings", "LabelerTopology"),
            "live", Set.of("LiveAccuracy", "LiveModel", "PairedOutcome", "PairsTo", "LiveSettings"),
            "evaluator",
                    Set.of(
                            "BehindHoldout",
                            "EvaluatorSettings",
                            "EvaluatorTopology",
                            "HoldoutScorer",
                            "PromotionPolicy",
                            "DecisionRules",
                            "PastRecords",
                            "KafkaPastRecords"));

    private static final Set<String> ROLES = PUBLIC_OF_ROLES.keySet();

    /// Where meters are registered, and what passes the registry to it.
    private static final String METERS =
            "(classifier|trainer|labeler|live|evaluator)\\.\\w+(Meters|Topology)|classifier\\.CountedProcessor"
                    + "|live\\.LiveAccuracy|stream\\.intake\\.DeadLetterSink"
                    + "|stream\\.runtime\\.(StreamsMeters|StreamsRunner|LateGauge|VersionGauges)"
                    + "|app\\.(role\\.Role(Factory|Launcher)|monitor\\.(Monitor|SeriesLimit))";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.inkstream");

    private static final JavaClasses HANDWRITTEN = MAIN.that(not(GENERATED));

    /// What each package may import of this program; `*` puts all packages together. A package that is not here is
    /// refused.
    private static final Map<String, String> MAY_IMPORT = Map.ofEntries(
            entry("record", ""),
            entry("network", ""),
            entry("stat", ""),
            entry("dataset", ""), // limits of `record` are constants, which the compiler copies
            entry("codec", "record record.avro"),
            entry("signature", "record"),
            entry("stream", "record network codec signature stream.intake"),
            entry("stream.admin", "record"),
            entry("stream.intake", "record signature"),
            entry("stream.guard", "record stream.admin stream.intake"),
            entry("stream.runtime", "stream stream.admin stream.intake stream.guard"),
            entry("classifier", "record network codec stream stream.intake stream.runtime"),
            entry("trainer", "record network codec stream stream.intake stream.runtime"),
            entry("labeler", "record codec stream stream.intake stream.runtime"),
            entry("live", "record codec stream stream.intake stream.runtime"),
            entry("evaluator", "record network codec stream stream.intake stream.runtime live stat"),
            entry("app.console", ""),
            entry("app.files", ""),
            entry("app.monitor", "app.console"),
            entry("app.process", "app.console"),
            entry("app.picture", "dataset app.console app.feed"),
            entry("app.broker", "record dataset app.console app.files"),
            entry(
                    "app.cluster",
                    "record dataset codec signature stream stream.admin stream.intake stream.runtime app.console"),
            entry("app.topics", "stream stream.admin app.cluster app.console"),
            entry("app.feed", "record dataset codec stream stream.runtime app.cluster app.console"),
            entry("app.models", "record codec stream stream.admin stream.intake app.cluster app.console"),
            entry(
                    "app.verify",
                    "record network stat dataset codec trainer stream stream.intake app.cluster app.console"
                            + " app.models app.picture"),
            entry("app.letters", "record dataset codec stream stream.intake stream.runtime app.cluster app.console"),
            entry("interchange", "record network codec stream"),
            entry(
                    "app.origin",
                    "record network stat dataset codec trainer evaluator interchange signature stream stream.admin"
                            + " stream.intake app.cluster app.console app.models app.verify"),
            entry("app.tail", "record codec stream stream.intake stream.runtime app.cluster app.console"),
            entry("app.warmup", "dataset codec stream app.cluster app.console app.feed app.files app.process"),
            entry("app.role", ANY),
            entry("app.demo", ANY),
            entry("app.bench", ANY),
            entry("app", ANY));

    private static final ArchRule ONLY_THE_RUNTIME_KNOWS_KAFKA_STREAMS = noClasses()
            .that(not(resideInAPackage(layer("stream.runtime"))))
            .should()
            .dependOnClassesThat(named("org\\.apache\\.kafka\\.streams\\.KafkaStreams"));

    private static final ArchRule METERS_ARE_REGISTERED_AND_WIRED_IN_FEW_PLACES = noClasses()
            .that(not(named("dev\\.inkstream\\.(" + METERS + ")")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.micrometer.."));

    private static final ArchRule ONLY_APP_OPENS_SOCKETS = nothingBelowApp()
            .should()
            .dependOnClassesThat(resideInAPackage("com.sun.net.httpserver..")
                    .or(named("java\\.net\\.((Server|Datagram|Multicast)?Socket|\\w*URLConnection|Inet[46]?Address)"
                            + "|java\\.nio\\.channels\\.\\w*(Socket|Datagram)Channel"
                            + "|javax\\.net\\.(ssl\\.SSL)?(Server)?Socket(Factory)?")));

    private static final ArchRule ONLY_APP_TOUCHES_THE_PROCESS = nothingBelowApp()
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
            .callMethod(Runtime.class, "exit", int.class);

    private static final ArchRule NOTHING_REFLECTS_OR_DESERIALIZES_JAVA_OBJECTS = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("java.lang.reflect.."))
            .orShould()
            .callMethodWhere(target(owner(type(Class.class))).and(target(nameMatching("forName"))))
            .orShould()
            .dependOnClassesThat(named("java\\.io\\.Object(In|Out)putStream"))
            .because("what runs should be found by reading");

    private static final ArchRule PARTS_OF_A_ROLE_ARE_PACKAGE_PRIVATE = classes()
            .that()
            .areTopLevelClasses()
            .and(resideInAnyPackage(ROLES.stream().map(ArchitectureTest::layer).toArray(String[]::new)))
            .and(not(named("dev\\.inkstream\\.("
                    + PUBLIC_OF_ROLES.entrySet().stream()
                            .map(role -> role.getKey() + "\\.(" + String.join("|", role.getValue()) + ")")
                            .collect(Collectors.joining("|"))
                    + ")")))
            .should()
            .bePackagePrivate();

    @Test
    void everyPackageImportsWhatItMay() {
        Map<String, Set<String>> beyond = new TreeMap<>();
        for (JavaClass each : HANDWRITTEN) {
            String room = room(each);
            assertThat(MAY_IMPORT).as("what package %s may import", room).containsKey(room);
            if (MAY_IMPORT.get(room).equals(ANY)) {
                continue;
            }
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
                    .filter(target -> !target.isEmpty() && !target.equals(ANY))
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
    void partsOfARoleArePackagePrivate() {
        check(PARTS_OF_A_ROLE_ARE_PACKAGE_PRIVATE);
        PUBLIC_OF_ROLES.forEach((role, types) -> assertThat(HANDWRITTEN.stream()
                        .filter(each -> room(each).equals(role)
                                && each.isTopLevelClass()
                                && each.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .as("public types of " + role)
                .containsExactlyInAnyOrderElementsOf(types));
    }

    @Test
    void noPackagesImportEachOther() {
        check(slices().matching("dev.inkstream.(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyTheRuntimeKnowsKafkaStreams() {
        check(ONLY_THE_RUNTIME_KNOWS_KAFKA_STREAMS);
    }

    @Test
    void onlyAppParsesCommandLines() {
        check(nothingBelowApp().should().dependOnClassesThat(resideInAPackage("picocli..")));
    }

    @Test
    void metersAreRegisteredAndWiredInFewPlaces() {
        check(METERS_ARE_REGISTERED_AND_WIRED_IN_FEW_PLACES);
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
    void theVectorKernelsAloneNeedTheVectorModule() {
        Set<String> users = new TreeSet<>();
        for (JavaClass each : MAIN) {
            boolean uses = each.getDirectDependenciesFromSelf().stream()
                    .anyMatch(it -> it.getTargetClass().getPackageName().startsWith("jdk.incubator.vector"));
            if (uses) {
                users.add(outermost(each).getName());
            }
        }
        assertThat(users).containsExactly(ROOT + "network.VectorKernels", ROOT + "network.VectorSums");
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
        check(ONLY_APP_TOUCHES_THE_PROCESS);
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
        check(ONLY_APP_OPENS_SOCKETS);
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
        check(NOTHING_REFLECTS_OR_DESERIALIZES_JAVA_OBJECTS);
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
            String line = switch (room.getValue()) {
                case ANY -> "any other package of Inkstream";
                case "" -> "no other package of Inkstream";
                default -> imports;
            };
            assertThat(words).as(room.getKey()).contains("Imports " + line + ".");
        }
    }

    @Test
    void theRulesSeeWhatTheyForbid() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        for (ArchRule rule : List.of(
                ONLY_THE_RUNTIME_KNOWS_KAFKA_STREAMS,
                METERS_ARE_REGISTERED_AND_WIRED_IN_FEW_PLACES,
                ONLY_APP_OPENS_SOCKETS,
                ONLY_APP_TOUCHES_THE_PROCESS,
                NOTHING_REFLECTS_OR_DESERIALIZES_JAVA_OBJECTS)) {
            assertThatThrownBy(() -> rule.check(offender))
                    .as(rule.getDescription())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Offender");
        }
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

    /// A class by its full name, and those nested in it.
    private static DescribedPredicate<JavaClass> named(String pattern) {
        return nameMatching("(" + pattern + ")(\\$.*)?").forSubtype();
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

        static boolean runs(Enum<?> state) {
            return state == KafkaStreams.State.RUNNING;
        }

        static void count(Counter counter) {
            counter.increment();
        }

        static int ask(HttpURLConnection connection) throws IOException {
            return connection.getResponseCode();
        }

        static boolean read(ObjectInputStream.GetField fields) throws ReflectiveOperationException, IOException {
            return Class.forName("Offender", false, null) == fields.get("type", null);
        }
    }
}
