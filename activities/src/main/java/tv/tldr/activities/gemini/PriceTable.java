package tv.tldr.activities.gemini;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What does a call cost? Prices change on announced days, so that a table knows several for one model. A model that is not
 * in it is taken to cost as much as the dearest that is: a budget must hold, too, for a model that came out yesterday.
 */
public record PriceTable(List<Price> prices) {
    private static final LocalDate EVER = LocalDate.EPOCH;

    /**
     * Google's list for the paid tier (ai.google.dev/gemini-api/docs/pricing), as read between September and November
     * 2026, with the rises it announces. Prompts over 200,000 tokens cost more with the Pro models; a window is far below.
     */
    public static final PriceTable PUBLISHED = new PriceTable(List.of(
            price("gemini-4-argon", EVER, "2.00", "2.00", "10.00"),
            price("gemini-4-argon", LocalDate.of(2026, 12, 1), "4.00", "4.00", "20.00"),
            price("gemini-3.8-flash", EVER, "0.75", "0.75", "3.75"),
            price("gemini-3.8-flash", LocalDate.of(2027, 1, 1), "1.50", "1.50", "7.50"),
            price("gemini-3.5-flash", EVER, "1.50", "1.50", "9.00"),
            price("gemini-3.1-pro", EVER, "2.00", "2.00", "12.00"),
            price("gemini-3-flash", EVER, "0.50", "1.00", "3.00"),
            price("gemini-2.5-pro", EVER, "1.25", "1.25", "10.00"),
            price("gemini-2.5-flash", EVER, "0.30", "1.00", "2.50"),
            price("gemini-2.5-flash-lite", EVER, "0.10", "0.30", "0.40")));

    public PriceTable {
        prices = List.copyOf(prices);
        if (prices.isEmpty()) {
            throw new IllegalArgumentException("a price table needs a price");
        }
    }

    /** This table, in which {@code own} go before what it says of their models: each from its first day on. */
    public PriceTable with(List<Price> own) {
        List<Price> all = new ArrayList<>(own);
        prices.stream()
                .filter(price -> own.stream()
                        .noneMatch(mine -> mine.model().equals(price.model())
                                && !mine.from().isAfter(price.from())))
                .forEach(all::add);
        return new PriceTable(all);
    }

    /** What {@code usage} costs with {@code model} on {@code day} (UTC). */
    public Cost cost(String model, LocalDate day, TokenUsage usage) {
        return price(model, day).map(price -> price.of(usage)).orElseGet(() -> current(day).stream()
                .map(price -> price.of(usage))
                .max(Comparator.naturalOrder())
                .orElse(Cost.ZERO));
    }

    /** The price of {@code model} on {@code day}; empty when the table does not know the model. */
    public Optional<Price> price(String model, LocalDate day) {
        return current(day).stream()
                .filter(price -> price.isOf(model))
                .max(Comparator.<Price>comparingInt(price -> price.model().length())
                        .thenComparing(Price::from));
    }

    private List<Price> current(LocalDate day) {
        return prices.stream().filter(price -> !price.from().isAfter(day)).toList();
    }

    private static Price price(String model, LocalDate from, String picture, String audio, String output) {
        BigDecimal seen = new BigDecimal(picture);
        return new Price(model, from, seen, seen, new BigDecimal(audio), new BigDecimal(output));
    }
}
