package tv.tldr.activities.gemini;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which model is asked, how patiently, and for how much money?
 *
 * @param apiKey null or blank: no model is asked
 * @param baseUrl of another server that speaks the same protocol; null or blank: Google's
 * @param thinkingLevel {@code low}, {@code medium} or {@code high}; models before 3 have no levels and are not told
 * @param requestTimeout for one request, from connecting to the last byte
 * @param maxRetries how often a question is asked again when Google is away, before rules answer in its place
 * @param retryDelay until it is asked again the first time; doubled from time to time
 * @param processingPatience how long an uploaded clip may take until Google has read it
 * @param pollInterval between two looks at an uploaded clip
 * @param heartbeatInterval between two calls of the heartbeat while Google is waited for
 * @param inlineLimit a clip up to this size goes with the request, a larger one is uploaded; 14 MB at most
 * @param maxOutputTokens where an answer is cut off at the latest, thoughts included
 * @param requestsPerMinute of this installation in any 60 seconds; null: no limit of ours
 * @param requestsPerDay calls of this installation in a day of Google's quota; null: no limit of ours
 * @param streamBudget US dollars for one stream; null: no limit
 * @param organizationDayBudget US dollars for one organization in a day, UTC; null: no limit
 * @param dayBudget US dollars for the installation in a day, UTC; null: no limit
 * @param prices of models that {@link PriceTable#PUBLISHED} does not know, or that cost something else here
 */
@ConfigurationProperties("tldr.gemini")
public record GeminiProperties(
        @Nullable GeminiKey apiKey,
        @Nullable String baseUrl,
        @DefaultValue("gemini-3.8-flash") String model,
        @DefaultValue("low") String thinkingLevel,
        @DefaultValue("3m") Duration requestTimeout,
        @DefaultValue("19") int maxRetries,
        @DefaultValue("1s") Duration retryDelay,
        @DefaultValue("2m") Duration processingPatience,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("5s") Duration heartbeatInterval,
        @DefaultValue("8MB") DataSize inlineLimit,
        @DefaultValue("8192") int maxOutputTokens,
        @Nullable Integer requestsPerMinute,
        @Nullable Integer requestsPerDay,
        @Nullable BigDecimal streamBudget,
        @Nullable BigDecimal organizationDayBudget,
        @Nullable BigDecimal dayBudget,
        @DefaultValue List<Price> prices) {
    /** In Base64, with the words of the question, it stays below the 20 MB that Google takes. */
    private static final DataSize MOST_INLINE = DataSize.ofMegabytes(14);

    /** Tokens that the model is expected to think at its level before it answers. */
    private static final int LITTLE_THINKING = 1024;

    public GeminiProperties {
        // As Google's own lists write it.
        model = model.strip().replaceFirst("^models/", "");
        prices = List.copyOf(prices);
        inlineLimit = inlineLimit.compareTo(MOST_INLINE) > 0 ? MOST_INLINE : inlineLimit;
    }

    /** Whether there is a model to ask. */
    public boolean isConfigured() {
        return apiKey != null && !apiKey.value().isBlank();
    }

    /** Whether the model is told how much to think; one that has no levels refuses the question. */
    public boolean hasThinkingLevel() {
        return !thinkingLevel.isBlank() && !model.matches("gemini-[12][.-].*");
    }

    public PriceTable priceTable() {
        return PriceTable.PUBLISHED.with(prices);
    }

    public Budget budget() {
        return new Budget(
                cost(streamBudget), cost(organizationDayBudget), cost(dayBudget), requestsPerDay, requestsPerMinute);
    }

    /** Tokens for thinking to reckon with before a call. */
    public int thinkingEstimate() {
        return thinkingLevel.equalsIgnoreCase("low") ? LITTLE_THINKING : maxOutputTokens / 2;
    }

    private static @Nullable Cost cost(@Nullable BigDecimal usd) {
        return usd == null ? null : new Cost(usd);
    }
}
