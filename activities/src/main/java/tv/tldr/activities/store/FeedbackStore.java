package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;
import static tv.tldr.activities.store.Database.nullable;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import reactor.core.publisher.Mono;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.highlight.HighlightId;

/** What do people think of highlights? Kept as long as the highlight. */
public final class FeedbackStore {
    private final Database database;

    FeedbackStore(Database database) {
        this.database = database;
    }

    /** Writes it down, once for each id; with the time at which it was. */
    public Mono<Feedback> add(OrganizationId organization, Feedback feedback) {
        return database.one(
                database.sql(organization, """
                        INSERT INTO highlight_feedback AS known (organization_id, highlight_id, id, verdict, start_time,
                                                                 end_time, comment, version)
                        VALUES (:organization, :highlight, :id, :verdict, :start, :end, :comment, :version)
                        ON CONFLICT (organization_id, highlight_id, id) DO UPDATE SET id = known.id
                        RETURNING *
                        """)
                        .bind("highlight", feedback.highlight().uuid())
                        .bind("id", feedback.id())
                        .bind("verdict", feedback.verdict().name().toLowerCase(Locale.ROOT))
                        .bind("start", nullable(Double.class, feedback.start()))
                        .bind("end", nullable(Double.class, feedback.end()))
                        .bind("comment", nullable(String.class, feedback.comment()))
                        .bind("version", feedback.version()),
                FeedbackStore::feedback);
    }

    private static Feedback feedback(Readable row) {
        return new Feedback(
                required(row, "id", UUID.class),
                new HighlightId(required(row, "highlight_id", UUID.class)),
                word(row, "verdict", Feedback.Verdict.class),
                optional(row, "start_time", Double.class),
                optional(row, "end_time", Double.class),
                optional(row, "comment", String.class),
                required(row, "version", Long.class),
                required(row, "created_at", Instant.class));
    }
}
