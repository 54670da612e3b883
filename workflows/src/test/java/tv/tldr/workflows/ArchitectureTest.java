package tv.tldr.workflows;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.temporal.activity.ActivityMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import tv.tldr.workflows.activity.BatchCommand;
import tv.tldr.workflows.activity.StreamCommand;
import tv.tldr.workflows.event.DeliveryInput;

/** Workflow code decides and nothing else: replay depends on it. */
@AnalyzeClasses(packages = "tv.tldr.workflows", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Numbers that are part of the program: read once, when the class is loaded, and the same in every replay. */
    private static final DescribedPredicate<JavaClass> READ_THEIR_RESOURCE =
            describe("read their resource", type -> Set.of(
                            "tv.tldr.workflows.scoring.PresetFile", "tv.tldr.workflows.signal.NormalizationTable")
                    .contains(type.getName()));

    @ArchTest
    static final ArchRule knowsNothingOfTheWorld = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "reactor..",
                    "io.r2dbc..",
                    "software.amazon..",
                    "com.google.genai..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "java.sql..",
                    "tv.tldr.activities..",
                    "tv.tldr.api..");

    @ArchTest
    static final ArchRule readsAndWritesNothing = noClasses()
            .that(not(READ_THEIR_RESOURCE))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.io..")
            .orShould()
            .callMethodWhere(target(nameMatching("getResource.*")))
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "in");

    @ArchTest
    static final ArchRule tablesReadTheirResourceAndNothingElse = noClasses()
            .that(READ_THEIR_RESOURCE)
            .should()
            .dependOnClassesThat(resideInAPackage("java.io..")
                    .and(not(belongToAnyOf(InputStream.class, IOException.class, UncheckedIOException.class))));

    @ArchTest
    static final ArchRule hasNoClockRandomOrThreadOfItsOwn = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .callConstructor(java.util.Random.class);

    @ArchTest
    static final ArchRule hasNoMutableStatics =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .should(ArchCondition.from(describe("be in a null-marked package", (JavaClass type) -> type.getPackage()
                    .isAnnotatedWith(NullMarked.class))));

    @ArchTest
    static final ArchRule decisionsDoNotKnowTheWorkflow = noClasses()
            .that()
            .resideInAnyPackage(
                    "..signal..", "..scoring..", "..selection..", "..evaluation..", "..transcript..", "..wakeword..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..activity..", "io.temporal..");

    /** Who is told of its retries is found by it. */
    @ArchTest
    static final ArchRule everyActivitySaysForWhatItWorks = methods()
            .that()
            .areAnnotatedWith(ActivityMethod.class)
            .should()
            .haveRawParameterTypes(describe(
                    "a StreamCommand, a BatchCommand or a delivery alone",
                    types -> types.size() == 1
                            && (types.getFirst().isAssignableTo(StreamCommand.class)
                                    || types.getFirst().isAssignableTo(BatchCommand.class)
                                    || types.getFirst().isAssignableTo(DeliveryInput.class))));
}
