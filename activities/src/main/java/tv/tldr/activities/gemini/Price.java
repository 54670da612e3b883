package tv.tldr.activities.gemini;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What does a model cost from a day on? US dollars for a million tokens.
 *
 * @param model such as {@code gemini-3.8-flash}; its dated versions cost the same
 * @param from the first day, UTC, on which this price holds
 */
public record Price(
        String model, LocalDate from, BigDecimal text, BigDecimal video, BigDecimal audio, BigDecimal output) {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    public Cost of(TokenUsage usage) {
        BigDecimal sum = text.multiply(BigDecimal.valueOf(usage.text()))
                .add(video.multiply(BigDecimal.valueOf(usage.video())))
                .add(audio.multiply(BigDecimal.valueOf(usage.audio())))
                .add(output.multiply(BigDecimal.valueOf(usage.output())));
        return new Cost(sum.divide(MILLION));
    }

    /** Whether {@code name} is this model or one of its versions, such as {@code gemini-3.8-flash-001}. */
    boolean isOf(String name) {
        return name.equals(model) || name.startsWith(model + "-");
    }
}
