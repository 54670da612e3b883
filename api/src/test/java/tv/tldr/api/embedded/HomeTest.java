package tv.tldr.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        Home home = new Home(folder.resolve(".tldr"));
        home.create();
        home.create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void anOpenOneIsClosedToOthers() throws IOException {
        Home home = new Home(folder.resolve(".tldr"));
        Files.createDirectory(home.folder());
        Files.setPosixFilePermissions(home.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        home.create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void oneAtATimeRunsOnIt() throws IOException {
        Home home = new Home(folder);
        try (InstanceLock first = InstanceLock.tryAcquire(home).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(InstanceLock.tryAcquire(home)).isEmpty();
        }
        try (InstanceLock again = InstanceLock.tryAcquire(home).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void othersReadWhereTheInstanceIsUntilItIsForgotten() throws IOException {
        Home home = new Home(folder);
        RunningInstance running = new RunningInstance(
                42, URI.create("http://127.0.0.1:8001"), URI.create("http://127.0.0.1:8234"), "127.0.0.1:7234");
        assertThat(RunningInstance.read(home)).isEmpty();

        running.announce(home);
        assertThat(RunningInstance.read(home)).hasValue(running);
        RunningInstance.forget(home);
        assertThat(RunningInstance.read(home)).isEmpty();
    }

    @Test
    void anInstanceWithoutAWebUiHasNone() throws IOException {
        Home home = new Home(folder);
        RunningInstance running = new RunningInstance(42, URI.create("http://127.0.0.1:8001"), null, null);

        running.announce(home);

        assertThat(RunningInstance.read(home)).hasValue(running);
    }

    @Test
    void aSecretIsMadeOnceAndKeptFromOthers() throws IOException {
        Path file = folder.resolve("secret-key");

        String secret = SecretFile.readOrMake(file);

        assertThat(secret).matches("[0-9a-f]{64}");
        assertThat(SecretFile.readOrMake(file)).isEqualTo(secret);
        assertThat(SecretFile.readOrMake(folder.resolve("other"))).isNotEqualTo(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void deletesAFolderWithAllInItAndFollowsNoLink() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept"), "x");
        Path doomed = Files.createDirectories(folder.resolve("a/b")).resolveSibling("");
        Files.writeString(folder.resolve("a/b/c"), "x");
        Files.createSymbolicLink(folder.resolve("a/link"), folder);

        FileTree.delete(doomed);
        FileTree.delete(doomed);

        assertThat(doomed).doesNotExist();
        assertThat(kept).exists();
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,    amd64,   postgres-linux-x86_64.txz",
        "Linux,    aarch64, postgres-linux-arm_64.txz",
        "Mac OS X, x86_64,  postgres-darwin-x86_64.txz",
        "Mac OS X, aarch64, postgres-darwin-arm_64.txz"
    })
    void everyMachineHasItsOwnPostgres(String system, String processor, String archive) {
        assertThat(PostgresProgram.archive(system, processor)).isEqualTo(archive);
    }

    @Test
    void theTemporalCommandIsTheChosenOneOrNone() {
        assertThat(TemporalCli.find("none")).isEmpty();
        assertThat(TemporalCli.find("/bin/sh")).hasValue(Path.of("/bin/sh"));
        assertThatThrownBy(() -> TemporalCli.find(folder.toString()))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("TEMPORAL_CLI: ");
    }

    @Test
    void theTemporalServerListensOnThisMachineAloneAndKnowsWhatIsSearchedBy() {
        List<String> command =
                DevTemporalServer.command(Path.of("/bin/temporal"), new Home(folder), "video", 7233, 8233);

        assertThat(command)
                .startsWith("/bin/temporal", "server", "start-dev")
                .containsSequence("--ip", "127.0.0.1")
                .containsSequence("--namespace", "video")
                .containsSequence("--db-filename", folder.resolve("temporal.db").toString())
                .containsSequence("--search-attribute", "OrganizationId=Keyword")
                .containsSequence("--search-attribute", "IsLive=Bool")
                .containsSequence("--search-attribute", "HighlightCount=Int")
                .contains("matching.enableFairness=true");
    }
}
