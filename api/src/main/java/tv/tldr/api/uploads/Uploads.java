package tv.tldr.api.uploads;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.NewUpload;
import tv.tldr.activities.store.RemovedObjects;
import tv.tldr.activities.store.UploadRef;
import tv.tldr.activities.store.UploadRow;
import tv.tldr.activities.store.UploadStore;
import tv.tldr.activities.store.UsageStore;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.usage.Quotas;
import tv.tldr.workflows.account.OrganizationId;

/** May an upload begin, and how does it go? */
@Component
final class Uploads {
    private static final Logger log = LoggerFactory.getLogger(Uploads.class);
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final UploadStore store;
    private final RemovedObjects objects;
    private final Quotas quotas;
    private final UsageStore usage;
    private final UploadProperties properties;

    Uploads(UploadStore store, RemovedObjects objects, Quotas quotas, UsageStore usage, UploadProperties properties) {
        this.store = store;
        this.objects = objects;
        this.quotas = quotas;
        this.usage = usage;
        this.properties = properties;
    }

    /** @param expected bytes that may come: there must be room for them */
    Mono<UploadRow> begin(NewUpload upload, long expected) {
        long most = properties.maxSize().toBytes();
        if (expected > most) {
            return Mono.error(ProblemException.refused(
                    HttpStatus.CONTENT_TOO_LARGE, "The file is too large: at most " + most + " bytes are taken."));
        }
        OrganizationId organization = upload.ref().organizationId();
        // Two that begin at once would each find the room that is there for one.
        return store.alone(
                organization,
                quotas.check(organization)
                        .then(quotas.checkRoom(organization, expected))
                        .then(store.create(upload))
                        .flatMap(row -> usage.tell(organization).thenReturn(row)));
    }

    /** How large a file may become of which nobody has said how large it is, bytes. */
    Mono<Long> most(OrganizationId organization) {
        long most = properties.maxSize().toBytes();
        return quotas.room(organization).map(room -> Math.min(room, most)).defaultIfEmpty(most);
    }

    /** Whether there was one that no stream was made of. Its objects go at once or, when that takes long, soon after. */
    Mono<Boolean> remove(UploadRef ref) {
        return store.remove(ref)
                .flatMap(removal -> objects.remove(removal)
                        .timeout(PATIENCE)
                        .onErrorResume(later -> {
                            log.warn("{} is left to the sweep: {}", removal.folder(), later.toString());
                            return Mono.empty();
                        })
                        .thenReturn(true))
                .defaultIfEmpty(false);
    }

    /** @throws ProblemException when it is no SHA-256 in hex */
    static String sha256(String field, String text) {
        String hash = text.strip().toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(hash).matches()) {
            throw ProblemException.invalid(field, "must be a SHA-256: 64 hexadecimal digits");
        }
        return hash;
    }
}
