package tv.tldr.api.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.RepairResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.api.JdbcUrl;

/** {@code tldr db}: the schema of the database. */
@Command(
        name = "db",
        description =
                "Migrates the database, tells its history, backs it up with its objects, tries that and restores it.",
        footer = {
            "",
            "DATABASE_URL says which; without it, the embedded one of this folder.",
            "Exit status: 0 done · 1 failed, or the database is newer than this program · 2 wrong usage"
        })
final class DbCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Mixin
    private Output output = new Output();

    DbCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public Integer call() {
        throw output.wrong("say what to do: migrate, history, repair, baseline, backup, verify or restore");
    }

    @Command(
            name = "migrate",
            description =
                    "Applies the migrations that the database has not got, as a start does. One process at a time.")
    int migrate(@Option(names = "--dry-run", description = "Only tell which they are.") boolean dryRun)
            throws IOException {
        try (Installation installation = installation()) {
            Flyway flyway = JdbcUrl.of(installation.databaseUrl()).flyway().load();
            refuseFuture(flyway);
            MigrationInfo[] pending = flyway.info().pending();
            if (!dryRun) {
                flyway.migrate();
            }
            print(dryRun ? Arrays.asList(pending) : now(flyway, pending), dryRun ? "Pending" : "Applied");
            output.messages(surroundings)
                    .say(
                            pending.length == 0
                                    ? "Nothing is to be applied."
                                    : dryRun ? "Nothing was applied." : pending.length + " applied.");
            return ExitCode.OK;
        }
    }

    /** The same migrations as they are by now. */
    private static List<MigrationInfo> now(Flyway flyway, MigrationInfo[] before) {
        Set<String> scripts =
                Arrays.stream(before).map(MigrationInfo::getScript).collect(Collectors.toSet());
        return Arrays.stream(flyway.info().all())
                .filter(migration -> scripts.contains(migration.getScript()))
                .toList();
    }

    @Command(name = "history", description = "Every migration: applied, pending, or failed.")
    int history() throws IOException {
        try (Installation installation = installation()) {
            Flyway flyway = JdbcUrl.of(installation.databaseUrl()).flyway().load();
            print(Arrays.asList(flyway.info().all()), "State");
            refuseFuture(flyway);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "repair",
            description = {
                "Forgets attempts that failed, and takes over the checksums of this program's migrations.",
                "It changes the history alone, no table: a migration that was applied by halves has to be undone first."
            })
    int repair(@Option(names = "--yes", description = "Without being asked.") boolean yes) throws IOException {
        try (Installation installation = installation()) {
            Flyway flyway = JdbcUrl.of(installation.databaseUrl()).flyway().load();
            refuseFuture(flyway);
            Confirmation.require(yes, "This changes what the database says about its migrations.");
            RepairResult result = flyway.repair();
            ObjectNode told = JsonMapper.shared()
                    .createObjectNode()
                    .put("forgotten", result.migrationsRemoved.size())
                    .put("aligned", result.migrationsAligned.size());
            output.print(
                    surroundings,
                    told,
                    List.of("Forgotten: " + result.migrationsRemoved.size() + ", checksums taken over: "
                            + result.migrationsAligned.size()));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "baseline",
            description = {
                "Notes that a database without a history has the tables up to a version already.",
                "Only for one that somebody filled by other means, such as a dump without flyway_schema_history."
            })
    int baseline(
            @Option(names = "--at", required = true, paramLabel = "VERSION", description = "Such as 42.")
                    String version,
            @Option(names = "--yes", description = "Without being asked.") boolean yes)
            throws IOException {
        if (!version.matches("[0-9]{1,6}")) {
            throw output.wrong("--at: a version is a whole number");
        }
        try (Installation installation = installation()) {
            String url = installation.databaseUrl();
            MigrationInfo current = JdbcUrl.of(url).flyway().load().info().current();
            if (current != null) {
                throw new Failure(
                        "The database has a history, up to V" + current.getVersion()
                                + ": a baseline is for one without. ./tldr db history shows it, ./tldr db migrate applies what is not in it.");
            }
            Confirmation.require(
                    yes,
                    "Migrations up to " + version + " will never be applied to "
                            + JdbcUrl.of(url).place() + ".");
            JdbcUrl.of(url).flyway().baselineVersion(version).load().baseline();
            output.messages(surroundings).say("The history begins at " + version + ".");
            return ExitCode.OK;
        }
    }

    /** That of the command which {@code backup} and {@code restore} belong to. */
    static Output output(@Nullable DbCommand database) {
        return database == null ? new Output() : database.output;
    }

    private Installation installation() throws IOException {
        return Installation.open(surroundings, cleanup, output.messages(surroundings), Installation.Need.DATABASE);
    }

    private void refuseFuture(Flyway flyway) {
        List<MigrationInfo> future = Migrations.ofTheFuture(flyway);
        if (!future.isEmpty()) {
            throw new Failure("The database is newer than this program: it has "
                    + future.stream()
                            .map(migration -> "V" + migration.getVersion())
                            .collect(Collectors.joining(", "))
                    + ", which this program does not know. Use the version that migrated it, or restore a backup.");
        }
    }

    private void print(List<MigrationInfo> migrations, String state) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Version", "What", state, "When"));
        for (MigrationInfo migration : migrations) {
            String when = migration.getInstalledOn() == null
                    ? ""
                    : migration.getInstalledOn().toInstant().toString();
            String version = String.valueOf(migration.getVersion());
            String known = migration.getState().getDisplayName();
            rows.add(List.of(version, migration.getDescription(), known, when));
            array.addObject()
                    .put("version", version)
                    .put("description", migration.getDescription())
                    .put("state", known)
                    .put("installed_on", when.isEmpty() ? null : when);
        }
        output.print(surroundings, array, Columns.aligned(rows));
    }
}
