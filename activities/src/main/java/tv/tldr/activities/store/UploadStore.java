package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.UploadedFiles.UploadedFile;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.UploadId;

/**
 * How far are uploads? Bytes count when they lie in the object store and their row says so, one after the other: of two
 * that send the same bytes at once, one is counted, and whoever asks hears of no byte that a crash could take back.
 */
public final class UploadStore {
    private final Database database;

    UploadStore(Database database) {
        this.database = database;
    }

    /** Writes down an upload without bytes; the same id again answers with what there is. */
    public Mono<UploadRow> create(NewUpload upload) {
        return database.one(
                sql(upload.ref(), """
                        INSERT INTO uploads (organization_id, id, source_url, folder, length, declared_sha256, metadata, expires_at)
                        VALUES (:organization, :upload, :url, :folder, :length, :declared, :metadata,
                                now() + make_interval(secs => :patience))
                        ON CONFLICT (organization_id, id) DO UPDATE SET id = excluded.id
                        RETURNING *
                        """)
                        .bind("url", upload.ref().uploadId().source().url())
                        .bind("folder", upload.ref().folder().value())
                        .bind("length", nullable(Long.class, upload.length()))
                        .bind("declared", nullable(String.class, upload.declaredSha256()))
                        .bind("metadata", upload.metadata())
                        .bind("patience", seconds(upload.patience())),
                UploadStore::row);
    }

    /** A transaction in which no other upload of the organization begins. */
    public <T> Mono<T> alone(OrganizationId organization, Mono<T> change) {
        return database.alone("uploads " + organization.uuid(), change);
    }

    /** The upload, unless it was given up; empty when there is none or it is another organization's. */
    public Mono<UploadRow> find(UploadRef ref) {
        return database.one(sql(ref, """
                SELECT * FROM uploads
                WHERE organization_id = :organization AND id = :upload AND (stream_id IS NOT NULL OR expires_at > now())
                """), UploadStore::row);
    }

    /** Those of the organization's uploads that these are the sources of. */
    public Flux<UploadRow> named(OrganizationId organization, Collection<String> sourceUrls) {
        return database.all(
                database.sql(organization, """
                        SELECT * FROM uploads
                        WHERE organization_id = :organization AND source_url = ANY(:urls)
                          AND (stream_id IS NOT NULL OR expires_at > now())
                        """).bind("urls", sourceUrls.toArray(String[]::new)), UploadStore::row);
    }

    /**
     * Counts parts that follow each other and are stored. Empty when bytes from {@code offset} on were counted before, or
     * the upload is whole or gone: then these are nobody's.
     *
     * @param hashState of all bytes with these
     * @param sha256 the hash of all bytes, when these are the last; else null
     */
    public Mono<UploadRow> append(
            UploadRow upload,
            long offset,
            List<UploadedPart> parts,
            String hashState,
            @Nullable String sha256,
            Duration patience) {
        return database.one(
                sql(upload.ref(), """
                        WITH grown AS (
                            UPDATE uploads
                            SET received = received + :size, hash_state = :state, sha256 = :sha256,
                                length = CASE WHEN :sha256::text IS NULL THEN length ELSE received + :size END,
                                completed_at = CASE WHEN :sha256::text IS NULL THEN NULL ELSE now() END,
                                expires_at = now() + make_interval(secs => :patience)
                            WHERE organization_id = :organization AND id = :upload AND received = :offset
                              AND completed_at IS NULL AND expires_at > now()
                            RETURNING *
                        ), counted AS (
                            INSERT INTO upload_parts (organization_id, upload_id, start, size, object_key)
                            SELECT organization_id, id, part.start, part.size, part.key
                            FROM grown, unnest(:starts::bigint[], :sizes::bigint[], :keys::text[]) AS part (start, size, key)
                        )
                        SELECT * FROM grown
                        """)
                        .bind(
                                "size",
                                parts.stream().mapToLong(UploadedPart::size).sum())
                        .bind("state", hashState)
                        .bind("sha256", nullable(String.class, sha256))
                        .bind("offset", offset)
                        .bind("patience", seconds(patience))
                        .bind("starts", array(parts, UploadedPart::start, Long[]::new))
                        .bind("sizes", array(parts, UploadedPart::size, Long[]::new))
                        .bind("keys", array(parts, part -> part.key().value(), String[]::new)),
                UploadStore::row);
    }

    /** Gives up an upload that no stream was made of; what is to be removed with it. */
    public Mono<Removal> remove(UploadRef ref) {
        return database.update(sql(ref, """
                        DELETE FROM uploads
                        WHERE organization_id = :organization AND id = :upload AND stream_id IS NULL
                        """)).filter(rows -> rows > 0).map(rows -> ref.removal());
    }

    /** Gives up those of all organizations for which nothing came for too long; how many. */
    public Mono<Long> sweep() {
        return database.update(
                database.acrossOrganizations("DELETE FROM uploads WHERE stream_id IS NULL AND expires_at <= now()"));
    }

    /** What a stream is made of; empty when it is made of no upload. */
    Mono<UploadedFile> file(StreamRef stream) {
        Mono<List<ObjectKey>> parts = database.all(
                        database.sql(stream, """
                                SELECT object_key FROM upload_parts JOIN uploads USING (organization_id)
                                WHERE organization_id = :organization AND stream_id = :stream AND upload_id = uploads.id
                                ORDER BY start
                                """), row -> new ObjectKey(required(row, "object_key", String.class)))
                .collectList();
        return parts.flatMap(keys -> database.one(
                database.sql(stream, """
                        SELECT length, sha256 FROM uploads WHERE organization_id = :organization AND stream_id = :stream
                        """),
                row -> new UploadedFile(
                        keys, required(row, "length", Long.class), required(row, "sha256", String.class))));
    }

    /** The stream has its bytes: notes that the parts are to go. Empty when they went before. */
    Mono<Removal> giveUpParts(StreamRef stream) {
        return database.one(
                database.sql(stream, """
                        WITH upload AS (
                            SELECT id, folder FROM uploads WHERE organization_id = :organization AND stream_id = :stream
                        ), gone AS (
                            DELETE FROM upload_parts USING upload
                            WHERE organization_id = :organization AND upload_id = upload.id
                            RETURNING upload.folder
                        ), noted AS (
                            INSERT INTO object_removals (organization_id, folder)
                            SELECT DISTINCT :organization, folder FROM gone
                            ON CONFLICT DO NOTHING
                        )
                        SELECT DISTINCT folder FROM gone
                        """),
                row -> new Removal(stream.organizationId(), new ObjectKey(required(row, "folder", String.class))));
    }

    private GenericExecuteSpec sql(UploadRef ref, String statement) {
        return database.sql(ref.organizationId(), statement)
                .bind("upload", ref.uploadId().uuid());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static <T> T[] array(List<UploadedPart> parts, Function<UploadedPart, T> value, IntFunction<T[]> empty) {
        return parts.stream().map(value).toArray(empty);
    }

    private static UploadRow row(Readable row) {
        UUID stream = optional(row, "stream_id", UUID.class);
        return new UploadRow(
                new UploadRef(
                        new OrganizationId(required(row, "organization_id", UUID.class)),
                        new UploadId(required(row, "id", UUID.class))),
                optional(row, "length", Long.class),
                required(row, "received", Long.class),
                required(row, "hash_state", String.class),
                optional(row, "sha256", String.class),
                optional(row, "declared_sha256", String.class),
                required(row, "metadata", String.class),
                required(row, "created_at", Instant.class),
                required(row, "expires_at", Instant.class),
                stream == null ? null : new StreamId(stream));
    }
}
