package tv.tldr.api.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tv.tldr.api.embedded.InstanceLock;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.Settings;
import tv.tldr.api.temporal.WorkflowOperations;

/** {@code tldr support-bundle}: what somebody needs who has to find out from afar what is wrong. */
@Command(
        name = "support-bundle",
        description = {
            "Writes one zip for who helps: versions, settings, findings of doctor, queues, failed workflows and streams, logs.",
            "Its owner alone may read it. Values of secrets, keys, tokens, passwords and signatures in addresses are left out. Look into it before you send it:"
                    + " logs name streams, organizations, and addresses of sources."
        },
        footer = {"", "Exit status: 0 done, whatever could be had · 1 it could not be written · 2 wrong usage"})
final class SupportBundleCommand implements Callable<Integer> {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rw-------");
    private static final int LONGEST_LOG = 4 << 20;
    private static final int WORKFLOWS = 50;
    private static final String ENDED_BADLY =
            "ExecutionStatus = 'Failed' OR ExecutionStatus = 'Terminated' OR ExecutionStatus = 'TimedOut'";

    private final Surroundings surroundings;
    private final Cleanup cleanup;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: tldr-support-… .zip here.")
    private @Nullable Path out;

    @Option(names = "--force", description = "Even if the file is there, which is replaced.")
    private boolean force;

    SupportBundleCommand(Surroundings surroundings, Cleanup cleanup) {
        this.surroundings = surroundings;
        this.cleanup = cleanup;
    }

    /** A page of the bundle, made when it is its turn; what cannot be had says why in its place. */
    @FunctionalInterface
    private interface Page {
        String text() throws Exception;
    }

    @Override
    public Integer call() throws IOException {
        Path file = surroundings
                .folder()
                .resolve(
                        out == null
                                ? Path.of("tldr-support-"
                                        + MOMENT.format(Clock.systemUTC().instant()) + ".zip")
                                : out);
        Messages messages = new Messages(surroundings.err(), false);
        Settings settings = surroundings.settings();
        Redaction redaction = new Redaction(settings.values());
        try (OutputStream stream = begun(file);
                ZipOutputStream zip = new ZipOutputStream(stream, UTF_8)) {
            add(zip, redaction, "versions.txt", SupportBundleCommand::versions);
            add(zip, redaction, "settings.json", () -> said("config", "--json"));
            add(zip, redaction, "doctor.json", () -> said("doctor", "--json"));
            if (isThere(settings)) {
                add(zip, redaction, "migrations.txt", () -> said("db", "history"));
                add(zip, redaction, "queues.json", () -> said("queue", "list", "--json"));
                add(zip, redaction, "workflows.json", this::workflows);
                add(zip, redaction, "streams.json", this::streams);
            } else {
                messages.say("Nothing runs here: neither queues nor workflows nor streams are in it.");
            }
            for (String log : List.of("tldr.log", "postgres.log", "temporal.log")) {
                Path written = surroundings.home().logs().resolve(log);
                if (Files.exists(written)) {
                    add(zip, redaction, "logs/" + log, () -> end(written));
                }
            }
        }
        surroundings.print(List.of(file.toString()), "");
        messages.say("Look into it before you send it.");
        return ExitCode.OK;
    }

    /** Read by its owner alone: logs name customers, and addresses of what is theirs. */
    private OutputStream begun(Path file) {
        try {
            if (force && Files.isRegularFile(file)) {
                Files.delete(file);
            }
            return Files.newOutputStream(
                    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS)), StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw new Failure(file + " is there already: name another file, or say --force.", there);
        } catch (NoSuchFileException lost) {
            throw new Failure("There is no folder " + file.getParent() + ": make it, or name another file.", lost);
        } catch (IOException e) {
            throw new Failure("Nothing can be written to " + file + ": " + e + ".", e);
        }
    }

    private static void add(ZipOutputStream zip, Redaction redaction, String name, Page page) throws IOException {
        String text;
        try {
            text = page.text();
        } catch (Exception cannotBeHad) {
            text = "Not to be had: " + cannotBeHad + System.lineSeparator();
        }
        zip.putNextEntry(new ZipEntry(name));
        zip.write(redaction.of(text).getBytes(UTF_8));
        zip.closeEntry();
    }

    /** Whether there are servers that can be asked without starting any. Another process may have the number of one that was killed. */
    private boolean isThere(Settings settings) throws IOException {
        if (settings.has(Setting.DATABASE_URL) && settings.has(Setting.TEMPORAL_ADDRESS)) {
            return true;
        }
        return RunningInstance.read(surroundings.home())
                        .filter(RunningInstance::isAlive)
                        .isPresent()
                && InstanceLock.isTaken(surroundings.home());
    }

    private static String versions() {
        Runtime runtime = Runtime.getRuntime();
        return String.join(
                System.lineSeparator(),
                "tldr " + TldrCommand.version(),
                "java " + Runtime.version() + ", " + System.getProperty("java.vendor"),
                "system " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                "processors " + runtime.availableProcessors() + ", heap at most "
                        + BackupSite.megabytes(runtime.maxMemory()),
                "");
    }

    /** What a command of ours says: on stdout, or else why not. */
    private String said(String... arguments) {
        StringWriter data = new StringWriter();
        StringWriter messages = new StringWriter();
        CommandLine line = Main.commandLine(
                new Surroundings(
                        new PrintWriter(data, true),
                        new PrintWriter(messages, true),
                        surroundings.environment(),
                        surroundings.folder(),
                        false,
                        0),
                cleanup);
        int code = line.execute(arguments);
        return data.toString().isEmpty() ? "Exit status " + code + ": " + messages : data.toString();
    }

    private String workflows() throws IOException {
        ArrayNode told = JsonMapper.shared().createArrayNode();
        try (Installation installation = Installation.open(
                surroundings, cleanup, new Messages(surroundings.err(), true), Installation.Need.ALL)) {
            WorkflowOperations workflows = installation.part(WorkflowOperations.class);
            workflows.find(ENDED_BADLY, WORKFLOWS).stream()
                    .flatMap(id -> workflows.describe(id).stream())
                    .map(StreamTable::json)
                    .forEach(told::add);
        }
        return told.toPrettyString();
    }

    private String streams() throws IOException, SQLException {
        try (Installation installation = Installation.open(
                surroundings, cleanup, new Messages(surroundings.err(), true), Installation.Need.DATABASE)) {
            return FailedStreams.of(installation.databaseUrl()).toPrettyString();
        }
    }

    private static String end(Path log) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - LONGEST_LOG);
            file.seek(from);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            return new String(bytes, UTF_8);
        }
    }
}
