package dev.inkstream.network;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import org.junit.jupiter.api.Test;

/// What the package may import, as its `package-info` says.
class NetworkImportsTest {
    private static final String VECTORS = "jdk.incubator.vector..";

    private static final DescribedPredicate<JavaClass> A_VECTOR =
            resideInAPackage(VECTORS).and(nameMatching(".*Vector(Mask|Shuffle)?"));

    private static final ArchRule NO_VECTOR_IS_HANDED_ON =
            noMethods().should().haveRawReturnType(A_VECTOR).orShould().haveRawParameterTypes(anyElementThat(A_VECTOR));

    private final JavaClasses network = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(NetworkImportsTest.class.getPackageName());

    @Test
    void isOnTopOfJavaAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.inkstream.network", "java..", "org.jspecify..", VECTORS)
                .check(network);
    }

    @Test
    void touchesVectorsInTheVectorKernelsAlone() {
        noClasses()
                .that()
                .doNotHaveSimpleName("VectorKernels")
                .and()
                .doNotHaveSimpleName("VectorSums")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VECTORS)
                .check(network);
    }

    /// A method of ours that takes or gives a vector may be called instead of inlined, for as long as the process runs:
    /// each vector is then an object. The methods of the vector classes themselves are always inlined.
    @Test
    void handsNoVectorFromMethodToMethod() {
        NO_VECTOR_IS_HANDED_ON.check(network);
    }

    @Test
    void theRuleSeesVectorsMasksAndShuffles() {
        for (Class<?> offender : List.of(Adds.class, Masks.class, Shuffles.class)) {
            assertThatThrownBy(() -> NO_VECTOR_IS_HANDED_ON.check(new ClassFileImporter().importClasses(offender)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(offender.getSimpleName());
        }
    }

    @Test
    void readsNoClockAndStartsNoThread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.time\\..*|java\\.util\\.concurrent\\..*|java\\.lang\\.Thread")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(network);
    }

    /// What the rule forbids.
    @SuppressWarnings("unused")
    private interface Adds {
        FloatVector add(float[] x);
    }

    @SuppressWarnings("unused")
    private interface Masks {
        int count(VectorMask<Float> mask);
    }

    @SuppressWarnings("unused")
    private interface Shuffles {
        VectorShuffle<Float> turned();
    }
}
