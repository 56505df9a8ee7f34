package dev.inkstream.network;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What the package may import, as its `package-info` says.
class NetworkImportsTest {
    private static final String VECTORS = "jdk.incubator.vector..";

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
        noMethods()
                .should()
                .haveRawReturnType(simpleNameEndingWith("Vector"))
                .orShould()
                .haveRawParameterTypes(anyElementThat(simpleNameEndingWith("Vector")))
                .check(network);
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
}
