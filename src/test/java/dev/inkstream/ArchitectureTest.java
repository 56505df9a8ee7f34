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
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The layers of the design, held against the compiled classes. Imports point only up the list record, network,
/// dataset, stream, app; what touches the process or the machine is in app alone.
class ArchitectureTest {
    private static final String ROOT = "dev.inkstream.";
    private static final String VECTOR_MODULE = "jdk.incubator.vector..";

    private static final Set<String> LOWER = Set.of("record", "network", "dataset", "stream");

    private static final DescribedPredicate<JavaClass> GENERATED = resideInAPackage(ROOT + "record.avro..");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.inkstream");

    private static final JavaClasses HANDWRITTEN = MAIN.that(not(GENERATED));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "record  | network dataset stream app",
                "network | record dataset stream app",
                "dataset | network stream app",
                "stream  | app",
            })
    void importsPointUpTheList(String layer, String forbidden) {
        check(noClasses()
                .that(resideInAPackage(layer(layer)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(Stream.of(forbidden.split(" "))
                        .map(ArchitectureTest::layer)
                        .toArray(String[]::new)))
                .because("imports point only up the list record, network, dataset, stream, app"));
    }

    /// As their `package-info.java` says.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "console | console",
                "files   | files",
                "broker  | broker console files dataset",
                "cluster | cluster console record dataset stream",
                "feed    | feed cluster console record dataset stream",
                "monitor | monitor console",
                "role    | role cluster console monitor record network stream",
                "models  | models cluster console record stream",
                "tail    | tail cluster console record stream",
                "bench   | bench broker cluster console feed monitor role record network dataset stream",
                "demo    | demo broker cluster console feed monitor role record network dataset stream",
            })
    void packagesOfTheAppImportWhatTheySay(String name, String allowed) {
        check(noClasses()
                .that(resideInAPackage(layer("app." + name)))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.inkstream..")
                        .and(not(resideInAnyPackage(Stream.of(allowed.split(" "))
                                .map(other -> LOWER.contains(other) ? layer(other) : layer("app." + other))
                                .toArray(String[]::new))))));
    }

    @Test
    void everyClassIsInALayer() {
        check(classes()
                .should()
                .resideInAnyPackage(Stream.of("record", "network", "dataset", "stream", "app")
                        .map(ArchitectureTest::layer)
                        .toArray(String[]::new)));
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
    void atMostOneClassOfTheNetworkNeedsTheVectorModule() {
        Set<String> users = new TreeSet<>();
        for (JavaClass each : MAIN) {
            boolean uses = each.getDirectDependenciesFromSelf().stream()
                    .anyMatch(it -> it.getTargetClass().getPackageName().startsWith("jdk.incubator.vector"));
            if (uses) {
                users.add(outermost(each).getName());
            }
        }
        assertThat(users).hasSizeLessThanOrEqualTo(1).allMatch(name -> name.startsWith(ROOT + "network."));
    }

    @Test
    void avroClassesStayWithinRecord() {
        check(noClasses()
                .that(not(resideInAPackage(layer("record"))))
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
                        "dev\\.inkstream\\.record\\.\\w*Registry.*|dev\\.inkstream\\.dataset\\.\\w*Download.*")
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
    void everyPackageSaysWhatItMayImport() {
        Set<String> without = new TreeSet<>();
        for (JavaClass each : HANDWRITTEN) {
            if (each.getPackage().tryGetPackageInfo().isEmpty()) {
                without.add(each.getPackageName());
            }
        }
        assertThat(without).as("packages without a package-info.java").isEmpty();
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
        rule.allowEmptyShould(true).check(HANDWRITTEN);
    }

    private static String layer(String name) {
        return ROOT + name + "..";
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
