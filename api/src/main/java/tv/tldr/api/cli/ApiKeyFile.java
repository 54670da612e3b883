package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.IssuedKey;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.security.BootstrapKey;

/** Which key do this program's own commands use? One that was made at the first start, in a file only its owner reads. */
final class ApiKeyFile {
    private static final String NAME = "cli";

    private final Path file;

    ApiKeyFile(Home home) {
        this.file = home.apiKey();
    }

    /** The key; empty before the first start. */
    Optional<String> read() throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    /**
     * Makes sure that there is a key and that the instance takes it: the database may be another one than last time.
     *
     * @return the key when it is a new one
     */
    Optional<String> ensure(BootstrapKey keys, URI api) throws IOException {
        Optional<String> current = read();
        if (current.isPresent() && isAccepted(new ApiClient(api, current.get()))) {
            return Optional.empty();
        }
        IssuedKey issued = keys.issueFirst()
                .switchIfEmpty(Mono.defer(() -> keys.issueAnother(NAME)))
                .block();
        if (issued == null) {
            throw new Failure("The database gave no API key.");
        }
        return Optional.of(kept(issued));
    }

    /**
     * Makes the first key that the database has, if there is none yet: one of many processes that ask at once gets it.
     *
     * @return the key when it is a new one
     */
    Optional<String> first(BootstrapKey keys) throws IOException {
        IssuedKey issued = keys.issueFirst().block();
        return issued == null ? Optional.empty() : Optional.of(kept(issued));
    }

    private String kept(IssuedKey issued) throws IOException {
        Path draft = file.resolveSibling("api-key.draft");
        Files.deleteIfExists(draft);
        Files.createFile(draft);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(draft, issued.secret() + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return issued.secret();
    }

    private static boolean isAccepted(ApiClient client) throws IOException {
        try {
            JsonNode page = client.get("/api/v1/streams?limit=1");
            return page.has("data");
        } catch (Refusal refused) {
            return false;
        }
    }
}
