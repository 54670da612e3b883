package tv.tldr.api;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The rooms of this module and what each may know. */
@AnalyzeClasses(packages = "tv.tldr.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyTheGatewaysRoomSpeaksToTemporal = noClasses()
            .that()
            .resideOutsideOfPackages("tv.tldr.api.temporal..", "tv.tldr.api.embedded..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(WorkflowClient.class);

    /** What is lost, or late, is so by the database's clock: a process whose own is wrong ends nothing that is under way. */
    @ArchTest
    static final ArchRule whoLooksAfterWorkflowsHasNoClockOfItsOwn = noClasses()
            .that()
            .resideInAPackage("tv.tldr.api.temporal..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class);

    /** All else goes through the stores, which tell PostgreSQL whose rows a statement may see. */
    @ArchTest
    static final ArchRule onlyTheHealthPageSpeaksToTheDatabase = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("tv.tldr.api.ops.DatabaseCheck")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.r2dbc..", "org.springframework.r2dbc..");

    @ArchTest
    static final ArchRule roomsAreNotInEachOther =
            slices().matching("tv.tldr.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule httpKnowsNoResource = noClasses()
            .that()
            .resideInAPackage("tv.tldr.api.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tv.tldr.api.streams..", "tv.tldr.api.highlights..", "tv.tldr.api.security..");

    @ArchTest
    static final ArchRule controllersStayInTheirRooms =
            classes().that().haveSimpleNameEndingWith("Controller").should().bePackagePrivate();

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields =
            noFields().should().beAnnotatedWith(Autowired.class).orShould().beAnnotatedWith(Value.class);

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .should(ArchCondition.from(describe("be in a null-marked package", (JavaClass type) -> type.getPackage()
                    .isAnnotatedWith(NullMarked.class))));
}
