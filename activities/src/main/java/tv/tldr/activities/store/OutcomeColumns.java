package tv.tldr.activities.store;

import static tv.tldr.activities.store.Columns.optional;
import static tv.tldr.activities.store.Columns.required;
import static tv.tldr.activities.store.Columns.word;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.Outcome;
import tv.tldr.activities.gemini.Outcome.Reason;
import tv.tldr.activities.gemini.TokenUsage;

/** In which columns stands what came of a question to the model? Alike in every table of questions. */
final class OutcomeColumns {
    /** Of an {@code ON CONFLICT … DO UPDATE SET}: what came of it, in the place of what came of it before. */
    static final String REPLACED = """
            answer = excluded.answer, unusable_reason = excluded.unusable_reason, explanation = excluded.explanation,
            text_tokens = excluded.text_tokens, video_tokens = excluded.video_tokens,
            audio_tokens = excluded.audio_tokens, output_tokens = excluded.output_tokens, cost_usd = excluded.cost_usd,
            analysis = excluded.analysis, answered_at = now()
            """;

    private OutcomeColumns() {}

    /** Binds {@code :answer :reason :explanation :text :video :audio :output :cost}. */
    static GenericExecuteSpec bind(GenericExecuteSpec insert, Outcome<?> outcome) {
        TokenUsage usage = outcome.usage();
        GenericExecuteSpec said =
                switch (outcome) {
                    case Outcome.Answered<?> answered -> words(insert, Jsonb.text(answered.answer()), null, null);
                    case Outcome.Unusable<?> unusable ->
                        words(insert, null, unusable.reason().name().toLowerCase(Locale.ROOT), unusable.explanation());
                };
        return said.bind("text", usage.text())
                .bind("video", usage.video())
                .bind("audio", usage.audio())
                .bind("output", usage.output())
                .bind("cost", outcome.cost().usd());
    }

    private static GenericExecuteSpec words(
            GenericExecuteSpec insert, @Nullable String answer, @Nullable String reason, @Nullable String explanation) {
        return insert.bind("answer", Database.nullable(String.class, answer))
                .bind("reason", Database.nullable(String.class, reason))
                .bind("explanation", Database.nullable(String.class, explanation));
    }

    /** @param answers what an answer of that table is */
    static <A> Outcome<A> read(Readable row, Class<A> answers) {
        TokenUsage usage = new TokenUsage(
                required(row, "text_tokens", Long.class),
                required(row, "video_tokens", Long.class),
                required(row, "audio_tokens", Long.class),
                required(row, "output_tokens", Long.class));
        Cost cost = new Cost(required(row, "cost_usd", BigDecimal.class));
        Json answer = optional(row, "answer", Json.class);
        return answer == null
                ? new Outcome.Unusable<>(
                        word(row, "unusable_reason", Reason.class),
                        required(row, "explanation", String.class),
                        usage,
                        cost)
                : new Outcome.Answered<>(Jsonb.read(answer, answers), usage, cost);
    }
}
