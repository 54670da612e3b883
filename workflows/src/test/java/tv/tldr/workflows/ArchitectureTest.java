package tv.tldr.workflows;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.NullMarked;
import tv.tldr.workflows.activity.StreamCommand;

/** Workflow code decides and nothing else: replay depends on it. */
@AnalyzeClasses(packages = "tv.tldr.workflows", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
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
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.sql..",
                    "tv.tldr.activities..",
                    "tv.tldr.api..");

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
            .that()
            .areTopLevelClasses()
            .should()
            .resideInAPackage("tv.tldr.workflows..")
            .andShould(new NullMarkedPackage());

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
    static final ArchRule everyActivitySaysForWhichStreamItWorks = methods()
            .that()
            .areAnnotatedWith(ActivityMethod.class)
            .should()
            .haveRawParameterTypes(describe(
                    "a StreamCommand alone",
                    types -> types.size() == 1 && types.getFirst().isAssignableTo(StreamCommand.class)));

    private static final class NullMarkedPackage
            extends com.tngtech.archunit.lang.ArchCondition<com.tngtech.archunit.core.domain.JavaClass> {
        NullMarkedPackage() {
            super("be in a @NullMarked package");
        }

        @Override
        public void check(
                com.tngtech.archunit.core.domain.JavaClass item, com.tngtech.archunit.lang.ConditionEvents events) {
            boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
            events.add(new com.tngtech.archunit.lang.SimpleConditionEvent(
                    item, marked, item.getPackageName() + " is " + (marked ? "" : "not ") + "null-marked"));
        }
    }
}
