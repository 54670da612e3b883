package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FileLink.Kind;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.highlight.HighlightId;

/**
 * How does an address let somebody have one file for a time? It says what it leads to and until when, signed with a key that
 * each organization has of its own and may change: then all that was signed before is good for a while, or no more.
 */
public final class FileLinks {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final int SAID = 1 + 4 * Long.BYTES + Integer.BYTES + Long.BYTES;
    private static final int SIGNATURE = 32;

    private final Database database;
    private final String secretKey;

    FileLinks(Database database, String secretKey) {
        this.database = database;
        this.secretKey = secretKey;
    }

    /** The key that the organization signs with now. */
    public Mono<LinkKey> key(OrganizationId organization) {
        return database.one(
                        database.sql(organization, "SELECT * FROM link_keys WHERE organization_id = :organization"),
                        FileLinks::key)
                .defaultIfEmpty(LinkKey.FIRST);
    }

    /**
     * The next key.
     *
     * @param overlap how long what was signed with the last one stays good; zero: what was signed is void at once
     * @param rotation the request, which is obeyed once
     */
    public Mono<LinkKey> rotate(OrganizationId organization, Duration overlap, UUID rotation) {
        return database.one(
                        database.sql(organization, """
                                INSERT INTO link_keys AS known (organization_id, current, previous_until, rotation)
                                VALUES (:organization, 2, now() + make_interval(secs => :overlap), :rotation)
                                ON CONFLICT (organization_id) DO UPDATE
                                SET current = known.current + 1, previous_until = EXCLUDED.previous_until,
                                    rotated_at = now(), rotation = EXCLUDED.rotation
                                WHERE known.rotation <> EXCLUDED.rotation
                                RETURNING *
                                """)
                                .bind("overlap", (double) overlap.toSeconds())
                                .bind("rotation", rotation),
                        FileLinks::key)
                .switchIfEmpty(Mono.defer(() -> key(organization)));
    }

    private static LinkKey key(Readable row) {
        return new LinkKey(
                required(row, "current", Integer.class),
                required(row, "previous_until", Instant.class),
                required(row, "rotated_at", Instant.class));
    }

    /** The last part of the address: letters, digits, {@code -} and {@code _}. */
    public String sign(FileLink link) {
        byte[] said = said(link);
        byte[] signature = signature(link, said);
        return TEXT.encodeToString(
                ByteBuffer.allocate(SAID + SIGNATURE).put(said).put(signature).array());
    }

    /** What the address leads to; empty when it is not ours, its time is over, or its key is good no more. */
    public Mono<FileLink> open(String address, Instant now) {
        return Mono.justOrEmpty(read(address))
                .filter(link -> link.until().isAfter(now))
                .filterWhen(link -> key(link.organization()).map(key -> key.accepts(link.key(), now)));
    }

    private Optional<FileLink> read(String address) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(address);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
        if (bytes.length != SAID + SIGNATURE || !TEXT.encodeToString(bytes).equals(address)) {
            return Optional.empty();
        }
        byte[] said = new byte[SAID];
        byte[] signature = new byte[SIGNATURE];
        ByteBuffer.wrap(bytes).get(said).get(signature);
        return link(said).filter(link -> MessageDigest.isEqual(signature(link, said), signature));
    }

    private byte[] signature(FileLink link, byte[] said) {
        return new SecretTokens(secretKey, "file links of " + link.organization() + " with key " + link.key())
                .hash(TEXT.encodeToString(said));
    }

    private static byte[] said(FileLink link) {
        UUID organization = link.organization().uuid();
        UUID highlight = link.highlight().uuid();
        return ByteBuffer.allocate(SAID)
                .put(link.kind().code())
                .putLong(organization.getMostSignificantBits())
                .putLong(organization.getLeastSignificantBits())
                .putLong(highlight.getMostSignificantBits())
                .putLong(highlight.getLeastSignificantBits())
                .putInt(link.key())
                .putLong(link.until().getEpochSecond())
                .array();
    }

    private static Optional<FileLink> link(byte[] said) {
        ByteBuffer bytes = ByteBuffer.wrap(said);
        Optional<Kind> kind = Kind.of(bytes.get());
        OrganizationId organization = new OrganizationId(new UUID(bytes.getLong(), bytes.getLong()));
        HighlightId highlight = new HighlightId(new UUID(bytes.getLong(), bytes.getLong()));
        int key = bytes.getInt();
        long until = bytes.getLong();
        if (until < 0 || until > Instant.MAX.getEpochSecond()) {
            return Optional.empty();
        }
        return kind.map(which -> new FileLink(organization, highlight, which, key, Instant.ofEpochSecond(until)));
    }
}
