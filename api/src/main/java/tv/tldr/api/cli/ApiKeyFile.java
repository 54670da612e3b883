package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.IssuedKey;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.security.BootstrapKey;

/** Which key do this program's own commands use? One that was made at the first start, in a file only its owner reads. */
final class ApiKeyFile {
    private static final String NAME = "cli";
    private static final Set<String> REFUSED = Set.of("INVALID_API_KEY", "API_KEY_EXPIRED");

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

    /** What does the key in the file open? */
    enum Standing {
        /** The instance knows it. */
        KNOWN,
        /** It does not: it is that of another database, or was revoked. */
        UNKNOWN,
        /** There is no file. */
        NONE,
        /** There is nothing to open yet: the database has no organization. */
        NOTHING_THERE
    }

    Standing standing(BootstrapKey keys, URI api) throws IOException {
        if (Boolean.TRUE.equals(keys.isWanted().block())) {
            return Standing.NOTHING_THERE;
        }
        Optional<String> current = read();
        if (current.isEmpty()) {
            return Standing.NONE;
        }
        try {
            new ApiClient(api, current.get()).get("/api/v1/streams?limit=1");
            return Standing.KNOWN;
        } catch (Refusal refused) {
            return REFUSED.contains(refused.code()) ? Standing.UNKNOWN : Standing.KNOWN;
        }
    }

    private String kept(IssuedKey issued) throws IOException {
        Path draft = file.resolveSibling("api-key.draft");
        Files.deleteIfExists(draft);
        Files.createFile(draft);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(draft, issued.secret() + "\n");
        if (Files.exists(file)) {
            // Another database may know it, and nobody else have it.
            Files.copy(
                    file,
                    file.resolveSibling("api-key.former"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
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
