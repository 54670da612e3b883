package tv.tldr.activities.gemini;

import com.google.genai.Client;
import com.google.genai.types.DeleteFileConfig;
import com.google.genai.types.File;
import com.google.genai.types.FileState;
import com.google.genai.types.GetFileConfig;
import com.google.genai.types.ListFilesConfig;
import com.google.genai.types.UploadFileConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.workflows.activity.StreamRef;

/**
 * Where are clips that Google reads, and are they gone afterwards? A clip gets its name from us, before it is sent: so it
 * can be deleted even when the answer to the upload never came. The name belongs to the window: whoever asks again after a
 * crash comes upon the clip that was left there, and uses or deletes it.
 */
final class UploadedClips {
    private static final Logger LOG = LoggerFactory.getLogger(UploadedClips.class);
    private static final String OURS = "tldr/";
    private static final int DELETE_ATTEMPTS = 3;
    /** All attempts together: nobody waits for it but a slot that others could use, and the sweep comes by each hour. */
    private static final Duration LONGEST_DELETION = Duration.ofSeconds(10);

    private static final String LEFT =
            "an uploaded clip could not be deleted and is left to the sweep, and after two days to Google: {}";

    private final Client client;
    private final GeminiKey key;
    private final GeminiProperties properties;
    private final Clock clock;

    UploadedClips(Client client, GeminiKey key, GeminiProperties properties, Clock clock) {
        this.client = client;
        this.key = key;
        this.properties = properties;
        this.clock = clock;
    }

    /** What is done with an uploaded clip. */
    @FunctionalInterface
    interface Use<T> {
        T with(File file);
    }

    /** Google could not read the clip. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }
    }

    /** Uploads the clip, waits until Google has read it, uses it, and deletes it whatever happened, or leaves it to the sweep. */
    <T> T use(ProxyClip clip, StreamRef stream, int window, Patience patience, Use<T> use) {
        String displayName = displayName(stream, window);
        try {
            return use(name(displayName), clip, displayName, patience, use);
        } catch (Patience.Failed failed) {
            if (!isTaken(failed)) {
                throw failed;
            }
            return use(name(UUID.randomUUID().toString()), clip, displayName, patience, use);
        }
    }

    private <T> T use(String name, ProxyClip clip, String displayName, Patience patience, Use<T> use) {
        try {
            send(name, clip, displayName, patience);
            return use.with(active(name, patience));
        } finally {
            if (!patience.insist(() -> deleteOrWarn(name), LONGEST_DELETION)) {
                LOG.warn(LEFT, "no answer within " + LONGEST_DELETION.toSeconds() + " s");
            }
        }
    }

    /**
     * Uploads the clip, unless it lies there already.
     *
     * @throws Patience.Failed when something else does, too: it is not to be relied on that a name is free again as soon as
     *     what has it is deleted
     */
    private void send(String name, ProxyClip clip, String displayName, Patience patience) {
        UploadFileConfig config = UploadFileConfig.builder()
                .name(name)
                .displayName(displayName)
                .mimeType(clip.mimeType())
                .build();
        try {
            patience.await(() -> client.files.upload(clip.file().toFile(), config));
        } catch (Patience.Failed failed) {
            if (!isTaken(failed)
                    || find(name, patience).filter(file -> isOf(clip, file)).isEmpty()) {
                throw failed;
            }
        }
    }

    /** Empty when it is not there, or does not show: an upload that broke off keeps its name for a while. */
    private Optional<File> find(String name, Patience patience) {
        try {
            return Optional.of(get(name, patience));
        } catch (Patience.Failed failed) {
            if (isGone(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private File get(String name, Patience patience) {
        return patience.await(
                () -> client.files.get(name, GetFileConfig.builder().build()));
    }

    /**
     * Deletes clips of ours that are older; whoever uploaded them was killed. The number of them.
     *
     * @throws GeminiException.Away when some could not be deleted; the others are
     */
    int sweep(Duration olderThan) {
        Instant latest = clock.instant().minus(olderThan);
        List<String> left = new ArrayList<>();
        for (File file :
                client.files.list(ListFilesConfig.builder().pageSize(100).build())) {
            boolean ours =
                    file.displayName().filter(name -> name.startsWith(OURS)).isPresent();
            if (ours && file.createTime().filter(latest::isAfter).isPresent()) {
                file.name().ifPresent(left::add);
            }
        }
        List<String> troubles =
                left.stream().map(this::delete).flatMap(Optional::stream).toList();
        if (!troubles.isEmpty()) {
            throw new GeminiException.Away(troubles.size() + " of " + left.size()
                    + " clips that were left behind cannot be deleted: " + troubles.getFirst());
        }
        return left.size();
    }

    /** Forty characters are allowed, and nobody but the owner of the key sees them; the same text has the same name. */
    private static String name(String of) {
        return "files/tldr-" + Sha256.of(of).hex().substring(0, 32);
    }

    static String displayName(StreamRef stream, int window) {
        return OURS + stream.organizationId() + "/" + stream.streamId() + "/" + window;
    }

    private File active(String name, Patience patience) {
        Instant deadline = clock.instant().plus(properties.processingPatience());
        while (true) {
            File file = get(name, patience);
            Optional<FileState.Known> state = file.state().map(FileState::knownEnum);
            if (state.filter(FileState.Known.ACTIVE::equals).isPresent()) {
                return file;
            }
            if (state.filter(FileState.Known.FAILED::equals).isPresent()) {
                throw new Refused(file.error().flatMap(error -> error.message()).orElse("it does not say why"));
            }
            if (clock.instant().isAfter(deadline)) {
                throw new GeminiException.Away(String.format(
                        Locale.ROOT,
                        "an uploaded clip was not read within %d s",
                        properties.processingPatience().toSeconds()));
            }
            patience.pause(properties.pollInterval());
        }
    }

    private void deleteOrWarn(String name) {
        delete(name).ifPresent(why -> LOG.warn(LEFT, why));
    }

    /** Why a file is still there; empty when it is gone, or when nobody waits any more. */
    private Optional<String> delete(String name) {
        String why = "";
        for (int attempt = 1; attempt <= DELETE_ATTEMPTS; attempt++) {
            try {
                client.files.delete(name, DeleteFileConfig.builder().build());
                return Optional.empty();
            } catch (RuntimeException e) {
                if (isGone(e) || Thread.currentThread().isInterrupted()) {
                    return Optional.empty();
                }
                why = String.valueOf(GeminiClients.failure(e, key).getMessage());
            }
        }
        return Optional.of(why);
    }

    private static boolean isTaken(Throwable thrown) {
        return ErrorReplies.in(thrown).filter(ErrorReply::saysItIsThere).isPresent();
    }

    /** Google tells the hash as base64 of its hexadecimal digits. */
    private static boolean isOf(ProxyClip clip, File file) {
        try {
            String digits = Sha256.of(clip.file(), bytes -> {});
            String told = Base64.getEncoder().encodeToString(digits.getBytes(StandardCharsets.US_ASCII));
            return file.sha256Hash().filter(told::equals).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy clip cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isGone(Throwable thrown) {
        return ErrorReplies.in(thrown)
                .filter(reply -> reply.status() == 404 || reply.isAboutAFile())
                .isPresent();
    }
}
