package tv.tldr.activities;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.temporal.spring.boot.ActivityImpl;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The rooms of this module and what each may know. */
@AnalyzeClasses(packages = "tv.tldr.activities", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] ROOMS_OF_MEDIA = {
        "..activities.media..", "..activities.clip..", "..activities.recording.."
    };

    @ArchTest
    static final ArchRule knowsNothingOfTheApi =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("tv.tldr.api..", "org.springframework.web..");

    /** The contract lies in the interfaces of the workflows' module; which of their decisions runs when is not our affair. */
    @ArchTest
    static final ArchRule knowsNoWorkflowAtWork =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.temporal.workflow..");

    @ArchTest
    static final ArchRule onlyTheStoreSpeaksSql = noClasses()
            .that()
            .resideOutsideOfPackage("..activities.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.r2dbc..",
                    "java.sql..",
                    "javax.sql..",
                    "org.postgresql..",
                    "org.springframework.r2dbc..",
                    "org.springframework.jdbc..",
                    "org.springframework.transaction..");

    /** Each is a statement that PostgreSQL does not hold to one organization: a new one is a decision. */
    @ArchTest
    static void fewStatementsLookAcrossOrganizations(JavaClasses classes) {
        assertThat(classes.get("tv.tldr.activities.store.Database")
                        .getMethod("acrossOrganizations", String.class)
                        .getCallsOfSelf())
                .extracting(call -> call.getOriginOwner().getSimpleName() + "."
                        + call.getOrigin().getName())
                .containsExactlyInAnyOrder(
                        // Looked up before the organization is known: a key or an invitation by its secret, what a
                        // person belongs to.
                        "AccountStore.lookUp",
                        "InvitationStore.behind",
                        "MemberStore.firstOf",
                        "OrganizationStore.countOwn",
                        "OrganizationStore.of",
                        "SessionStore.anywhere",
                        "ShareStore.byToken",
                        // An operator knows the id of a stream, and not whose it is.
                        "StreamStore.anywhere",
                        // Looked over, and put right, for all at once.
                        "BatchStore.claimSilent",
                        "DeliveryQueue.claimSilent",
                        "DeliveryQueue.forgetOld",
                        "DeliveryQueue.waiting",
                        "ExpiredStreams.over",
                        "IdempotencyStore.sweepSome",
                        "PlaceStore.withFreePlaces",
                        "RecutStore.claimSilent",
                        "RemovalStore.noted",
                        "StreamStore.findUnstarted",
                        "StreamStore.claimSilent",
                        "UploadStore.sweep",
                        // How much there is, for the operators alone.
                        "InstallationStore.totals",
                        // Counted in memory, written down for all at once.
                        "ApiKeyStore.noteUses",
                        "UsageStore.addCalls",
                        // What the installation as a whole may spend, and how often it may ask.
                        "CostLedger.spent",
                        "CostLedger.turn");
    }

    @ArchTest
    static final ArchRule theStoreKnowsNoMedia = noClasses()
            .that()
            .resideInAPackage("..activities.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOMS_OF_MEDIA);

    /** It judges by the database's, which is one for all processes. Ids alone are made by a clock of ours. */
    @ArchTest
    static final ArchRule theStoreHasNoClockOfItsOwn = noClasses()
            .that()
            .resideInAPackage("..activities.store..")
            .and()
            .doNotHaveSimpleName("FreshUuid")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class);

    @ArchTest
    static final ArchRule clipsAndRecordingsKnowNoDatabase = noClasses()
            .that()
            .resideInAnyPackage(
                    "..activities.clip..",
                    "..activities.recording..",
                    "..activities.storage..",
                    "..activities.egress..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..activities.store..");

    @ArchTest
    static final ArchRule objectsAndAddressesKnowNobodyElse = noClasses()
            .that()
            .resideInAnyPackage("..activities.storage..", "..activities.egress..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOMS_OF_MEDIA);

    @ArchTest
    static final ArchRule onlyTheRecorderAndTheSenderDialOut = noClasses()
            .that()
            .resideOutsideOfPackages("..activities.recording..", "..activities.delivery..", "..activities.egress..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor.netty.http..", "java.net.http..");

    @ArchTest
    static final ArchRule activitiesAreNamedAsSuch =
            classes().that().areAnnotatedWith(ActivityImpl.class).should().haveSimpleNameEndingWith("ActivitiesImpl");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields =
            noFields().should().beAnnotatedWith(Autowired.class).orShould().beAnnotatedWith(Value.class);

    @ArchTest
    static final ArchRule logsInOneWay = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule printsNothing = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .should(ArchCondition.from(describe("be in a null-marked package", (JavaClass type) -> type.getPackage()
                    .isAnnotatedWith(NullMarked.class))));
}
