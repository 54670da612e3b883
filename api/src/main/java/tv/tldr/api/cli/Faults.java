package tv.tldr.api.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;
import tv.tldr.activities.store.StoreFailure;
import tv.tldr.activities.store.backup.DamagedBackupException;
import tv.tldr.api.embedded.StartFailure;
import tv.tldr.api.temporal.TemporalAwayException;

/** What does a person see when a command fails? One line on stderr; a stack trace goes to the log. */
final class Faults implements CommandLine.IExecutionExceptionHandler {
    /** PostgreSQL's codes of a table and of a function that are not there. */
    private static final Set<String> NO_TABLES = Set.of("42P01", "42883");

    private static final String NOT_ALLOWED = "42501";
    /** How its codes begin when nobody answers, nobody is let in, there is no such database, or no more connections. */
    private static final List<String> NO_WAY_IN = List.of("08", "28", "3D", "53", "57P");

    private final Surroundings surroundings;
    private final Cleanup cleanup;

    Faults(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        cleanup.holdIfInterrupted();
        PrintWriter err = command.getErr();
        if (failure instanceof StartSettings.WrongSettings) {
            err.println(failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (failure instanceof Refusal refusal) {
            err.println("tldr: " + refusal.said());
            return refusal.isUsage() ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        }
        if (failure instanceof Failure
                || failure instanceof StartFailure
                || failure instanceof DamagedBackupException) {
            err.println("tldr: " + failure.getMessage());
        } else if (state(failure).equals(NOT_ALLOWED) && !isOfAMigration(failure)) {
            err.println(
                    "tldr: The role of DATABASE_URL may not look at what this needs. Give the command that of the role"
                            + " that owns the tables: DATABASE_URL=postgresql://… ./tldr …" + whereToLook(failure));
        } else if (cause(failure, FlywayException.class) == null && NO_TABLES.contains(state(failure))) {
            err.println("tldr: The database has not got the tables of this version: ./tldr db migrate makes them.");
        } else if (cause(failure, FlywayException.class) != null
                && cause(failure, SQLException.class) instanceof SQLException away
                && NO_WAY_IN.stream().anyMatch(String.valueOf(away.getSQLState())::startsWith)) {
            err.println("tldr: There is no connection to the database: " + said(away) + " ./tldr doctor says what to do"
                    + whereToLook(failure) + ".");
        } else if (cause(failure, FlywayException.class) instanceof FlywayException migrating) {
            err.println("tldr: The database cannot be migrated: " + beginning(migrating)
                    + " ./tldr doctor says what to do" + whereToLook(failure) + ".");
        } else if (StoreFailure.is(StoreFailure.Kind.UNAVAILABLE).test(failure)) {
            err.println(
                    "tldr: The database does not answer: ./tldr doctor says what to do" + whereToLook(failure) + ".");
        } else if (failure instanceof TemporalAwayException) {
            err.println("tldr: " + said(failure)
                    + ". TEMPORAL_ADDRESS says where it is looked for; ./tldr doctor says what to do.");
        } else {
            err.println("tldr: " + said(failure) + whereToLook(failure));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Whether a step of the schema could not be made, which is the role's who owns the tables. */
    private static boolean isOfAMigration(Exception failure) {
        return cause(failure, FlywayMigrateException.class) != null;
    }

    /** A wrong command line: what is wrong, what was perhaps meant, and where help is. */
    static int usage(CommandLine.ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("tldr: " + fault.getMessage());
        UnmatchedArgumentException.printSuggestions(fault, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    /** What it is about: the first lines, of which Flyway needs some, and what PostgreSQL said. */
    private static String beginning(FlywayException failure) {
        Stream<String> about = String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("---"))
                .limit(3);
        Stream<String> because = cause(failure, SQLException.class) instanceof SQLException refused
                ? String.valueOf(refused.getMessage()).lines().limit(1).map(line -> line + ".")
                : Stream.empty();
        return Stream.concat(about, because).collect(Collectors.joining(" "));
    }

    private static @Nullable Throwable cause(Throwable failure, Class<? extends Throwable> type) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(type::isInstance)
                .findFirst()
                .orElse(null);
    }

    /** What PostgreSQL called it, through either driver; empty when it said nothing. */
    private static String state(Throwable failure) {
        if (cause(failure, SQLException.class) instanceof SQLException sql) {
            return String.valueOf(sql.getSQLState());
        }
        return cause(failure, StoreFailure.class) instanceof StoreFailure asked ? asked.sqlState() : "";
    }

    private static String said(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }

    private String whereToLook(Exception failure) {
        Path log = surroundings.home().log();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        try {
            Files.writeString(log, Instant.now() + " " + trace, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return " (details in " + log + ")";
        } catch (IOException noLog) {
            return "";
        }
    }
}
