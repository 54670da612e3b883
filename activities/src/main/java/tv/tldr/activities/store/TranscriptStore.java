package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.required;

import io.r2dbc.postgresql.codec.Json;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.transcript.Transcript;

/** What did a recogniser of ours hear in each segment? One row a segment, also where nobody speaks. */
public final class TranscriptStore {
    private final Database database;

    TranscriptStore(Database database) {
        this.database = database;
    }

    /** The numbers of the segments that were listened to. */
    public Mono<Set<Integer>> segments(StreamRef ref) {
        return database.all(database.sql(ref, """
                        SELECT segment FROM local_transcripts
                        WHERE organization_id = :organization AND stream_id = :stream
                        """), row -> required(row, "segment", Integer.class))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Stores what is said in a segment; what is stored already stays. */
    public Mono<Void> save(StreamRef ref, int segment, Transcript heard) {
        return database.update(database.sql(ref, """
                        INSERT INTO local_transcripts (organization_id, stream_id, segment, lines)
                        VALUES (:organization, :stream, :segment, :lines::json)
                        ON CONFLICT (organization_id, stream_id, segment) DO NOTHING
                        """).bind("segment", segment).bind("lines", Jsonb.text(heard.lines())))
                .then();
    }

    /** All of it in one; empty where nobody listened. */
    public Mono<Transcript> load(StreamRef ref) {
        return database.all(
                        database.sql(ref, """
                        SELECT lines FROM local_transcripts
                        WHERE organization_id = :organization AND stream_id = :stream
                        ORDER BY segment
                        """),
                        row -> new Transcript(Jsonb.read(required(row, "lines", Json.class), AskingStore.LINES)))
                .reduce(Transcript.EMPTY, Transcript::and);
    }
}
