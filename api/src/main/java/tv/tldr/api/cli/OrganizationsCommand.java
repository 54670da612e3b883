package tv.tldr.api.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.store.AuditStore;
import tv.tldr.activities.store.DeletedOrganization;
import tv.tldr.activities.store.ExpiringDay;
import tv.tldr.activities.store.IssuedKey;
import tv.tldr.activities.store.NewAuditEntry;
import tv.tldr.activities.store.Organization;
import tv.tldr.activities.store.OrganizationStore;
import tv.tldr.activities.store.RemovalOrder;
import tv.tldr.activities.store.RetentionStore;
import tv.tldr.api.security.BootstrapKey;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.account.Retention;

/** {@code tldr organizations}: all that there are, and how much each may use. */
@Command(
        name = "organizations",
        description =
                "Lists the organizations of the installation, also those that are gone, gives one another plan, or makes a key for it.",
        footer = {
            "",
            "ORG is the id of an organization (org_…), PLAN is starter, professional or enterprise. DATABASE_URL says where;",
            "without it, the embedded database of this folder.",
            "Exit status: 0 done · 1 failed · 2 wrong usage"
        })
final class OrganizationsCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Mixin
    private Output output = new Output();

    OrganizationsCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() {
        throw output.wrong("say what to do: list, deleted, plan or key");
    }

    @Command(name = "list", description = "All organizations, the oldest first.")
    int list() throws IOException {
        try (Installation installation = installation()) {
            List<Organization> all = installation
                    .part(OrganizationStore.class)
                    .all()
                    .collectList()
                    .blockOptional()
                    .orElse(List.of());
            print(all);
            return ExitCode.OK;
        }
    }

    @Command(name = "deleted", description = "Those that were deleted within a year, by whom and from where.")
    int deleted() throws IOException {
        try (Installation installation = installation()) {
            List<DeletedOrganization> all = installation
                    .part(OrganizationStore.class)
                    .deleted()
                    .collectList()
                    .blockOptional()
                    .orElse(List.of());
            ArrayNode array = JsonMapper.shared().createArrayNode();
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("Id", "Deleted", "By", "From", "Request", "Name"));
            for (DeletedOrganization one : all) {
                RemovalOrder order = one.order();
                array.addObject()
                        .put("id", one.id().toString())
                        .put("name", one.name())
                        .put("plan", one.plan().name())
                        .put("deleted_at", one.deletedAt().toString())
                        .put("deleted_by", order.actor())
                        .put("address", order.address())
                        .put("request_id", order.requestId());
                rows.add(List.of(
                        one.id().toString(),
                        one.deletedAt().toString(),
                        order.actor(),
                        Objects.requireNonNullElse(order.address(), ""),
                        order.requestId(),
                        one.name()));
            }
            output.print(surroundings, array, Columns.aligned(rows));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "plan",
            description = {
                "Gives an organization another plan. Its limits follow within half a minute.",
                "What a smaller plan keeps no longer is removed, for good: that is asked for, or --yes says so."
            })
    int plan(
            @Parameters(paramLabel = "ORG") String organization,
            @Parameters(paramLabel = "PLAN") String wanted,
            @Option(names = "--yes", description = "Without being asked.") boolean yes)
            throws IOException {
        OrganizationId id = id(organization);
        Plan plan = plan(wanted);
        try (Installation installation = installation()) {
            warn(yes, id, plan, installation.part(RetentionStore.class));
            Organization changed = installation
                    .part(AuditStore.class)
                    .with(
                            installation.part(OrganizationStore.class).changePlan(id, plan),
                            done -> List.of(new NewAuditEntry(
                                    id,
                                    AuditAction.ORGANIZATION_UPDATED,
                                    null,
                                    null,
                                    null,
                                    "tldr-organizations-plan",
                                    Map.of("plan", done.plan().name()))))
                    .blockOptional()
                    .orElseThrow(() -> unknown(id));
            print(List.of(changed));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "key",
            description = {
                "Makes an API key that may do everything in an organization, and prints it: for whoever has lost the last one.",
                "tldr keys list shows the others then, and tldr keys revoke ends them.",
                "It is yours, as is each that is made with it: it may see how the whole installation is. A customer signs in."
            })
    int key(@Parameters(paramLabel = "ORG") String organization) throws IOException {
        OrganizationId id = id(organization);
        try (Installation installation = installation()) {
            BootstrapKey keys = installation.part(BootstrapKey.class);
            IssuedKey issued = installation
                    .part(AuditStore.class)
                    .with(
                            installation
                                    .part(OrganizationStore.class)
                                    .find(id)
                                    .flatMap(found -> keys.issueFor(found.id(), "tldr organizations key")),
                            made -> List.of(new NewAuditEntry(
                                    id,
                                    AuditAction.API_KEY_CREATED,
                                    null,
                                    made.key().id().toString(),
                                    null,
                                    "tldr-organizations-key",
                                    Map.of("name", made.key().name()))))
                    .blockOptional()
                    .orElseThrow(() -> unknown(id));
            ObjectNode node = JsonMapper.shared()
                    .createObjectNode()
                    .put("id", issued.key().id().toString())
                    .put("secret", issued.secret());
            output.print(surroundings, node, List.of(issued.secret()));
            output.messages(surroundings)
                    .say(issued.key().id() + ", shown this once. Commands of this folder use what is in "
                            + surroundings.home().apiKey() + ".");
            return ExitCode.OK;
        }
    }

    private static Failure unknown(OrganizationId id) {
        return new Failure("There is no organization " + id + "; tldr organizations list shows all.");
    }

    private static void warn(boolean yes, OrganizationId id, Plan plan, RetentionStore retentions) {
        Duration kept = Retention.of(plan).kept();
        if (kept == null) {
            return;
        }
        ExpiringDay today = retentions.days(id, kept, 1).blockFirst();
        if (today != null && today.streams() > 0) {
            Confirmation.require(
                    yes,
                    "The plan " + plan + " keeps what has ended for " + kept.toDays() + " days: " + today.streams()
                            + " streams with " + today.highlights() + " highlights, " + today.bytes()
                            + " bytes, are removed today.");
        }
    }

    private void print(List<Organization> organizations) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Id", "Plan", "Made", "Name"));
        for (Organization one : organizations) {
            ObjectNode node = array.addObject()
                    .put("id", one.id().toString())
                    .put("plan", one.plan().name())
                    .put("created_at", one.createdAt().toString())
                    .put("name", one.name());
            rows.add(List.of(
                    node.path("id").asString(""),
                    node.path("plan").asString(""),
                    node.path("created_at").asString(""),
                    one.name()));
        }
        output.print(surroundings, array, Columns.aligned(rows));
    }

    private OrganizationId id(String text) {
        try {
            return OrganizationId.parse(text);
        } catch (IllegalArgumentException e) {
            throw output.wrong(text + " is not the id of an organization, such as org_01kb…");
        }
    }

    private Plan plan(String text) {
        try {
            return Plan.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw output.wrong(text + " is not a plan: starter, professional or enterprise");
        }
    }

    private Installation installation() throws IOException {
        return Installation.open(surroundings, cleanup, output.messages(surroundings), Installation.Need.DATABASE);
    }
}
