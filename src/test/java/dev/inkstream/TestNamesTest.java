package dev.inkstream;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.inkstream.app.broker.EmbeddedBroker;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/// `mvn test` runs the classes named `*Test` in under a minute; `mvn verify` runs those named `*IT` as well. What is
/// slow by nature is an `*IT`, and no class with tests has a name that neither runs.
class TestNamesTest {
    /// Without the program's own classes: the commands of all roles lead to a broker.
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.inkstream");

    private static final ArchRule UNIT_TESTS_START_NOTHING = noClasses()
            .that()
            .haveSimpleNameEndingWith("Test")
            .should()
            .transitivelyDependOnClassesThat(belongToAnyOf(EmbeddedBroker.class, ProcessBuilder.class)
                    .or(resideInAPackage("org.testcontainers.."))
                    .as("start a broker, a process or a container"));

    @Test
    void unitTestsStartNoBrokerProcessOrContainer() {
        UNIT_TESTS_START_NOTHING.check(TESTS.that(
                describe("are not this one", each -> !each.getName().startsWith(TestNamesTest.class.getName()))));
    }

    @Test
    void everyClassWithTestsRuns() {
        Set<String> withTests = TESTS.stream()
                .filter(each -> each.getMethods().stream()
                        .anyMatch(method -> method.isAnnotatedWith(Test.class)
                                || method.isAnnotatedWith(ParameterizedTest.class)
                                || method.isAnnotatedWith(Property.class)))
                .map(each -> each.getName().replaceFirst("\\$.*", ""))
                .collect(Collectors.toSet());

        assertThat(withTests).isNotEmpty().allMatch(name -> name.endsWith("Test") || name.endsWith("IT"));
    }

    @Test
    void theRuleSeesABrokerBehindAnotherClass() {
        JavaClasses offender = new ClassFileImporter().importClasses(OffenderTest.class, Between.class);

        assertThatThrownBy(() -> UNIT_TESTS_START_NOTHING.check(offender))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("OffenderTest");
    }

    /// What the rule forbids.
    @SuppressWarnings("unused")
    private static final class OffenderTest {
        private final Between between = new Between();
    }

    @SuppressWarnings("unused")
    private static final class Between {
        Process start() throws IOException {
            return new ProcessBuilder().start();
        }
    }
}
