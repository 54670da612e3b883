package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PriceTableTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final TokenUsage MILLION_OF_EACH = new TokenUsage(1_000_000, 1_000_000, 1_000_000, 1_000_000);

    @Test
    void soundAndPicturesAndAnswersHaveTheirOwnPrices() {
        assertThat(PriceTable.PUBLISHED.cost("gemini-2.5-flash", TODAY, MILLION_OF_EACH))
                .isEqualTo(Cost.of("4.10"));
    }

    @Test
    void aPriceThatRisesIsTheOneOfTheDay() {
        TokenUsage output = new TokenUsage(0, 0, 0, 1_000_000);

        assertThat(PriceTable.PUBLISHED.cost("gemini-3.8-flash", LocalDate.of(2026, 12, 31), output))
                .isEqualTo(Cost.of("3.75"));
        assertThat(PriceTable.PUBLISHED.cost("gemini-3.8-flash", LocalDate.of(2027, 1, 1), output))
                .isEqualTo(Cost.of("7.5"));
    }

    @Test
    void aVersionCostsWhatItsModelCosts() {
        assertThat(PriceTable.PUBLISHED.cost("gemini-2.5-flash-lite-001", TODAY, MILLION_OF_EACH))
                .isEqualTo(PriceTable.PUBLISHED.cost("gemini-2.5-flash-lite", TODAY, MILLION_OF_EACH));
    }

    @Test
    void anUnknownModelIsTakenForTheDearest() {
        assertThat(PriceTable.PUBLISHED.price("gemini-7", TODAY)).isEmpty();
        assertThat(PriceTable.PUBLISHED.prices())
                .allSatisfy(known -> assertThat(PriceTable.PUBLISHED.cost("gemini-7", known.from(), MILLION_OF_EACH))
                        .isGreaterThanOrEqualTo(known.of(MILLION_OF_EACH)));
    }

    @Test
    void anOwnPriceReplacesAllThatIsPublishedOfItsModel() {
        BigDecimal one = BigDecimal.ONE;
        PriceTable own =
                PriceTable.PUBLISHED.with(List.of(new Price("gemini-3.8-flash", LocalDate.EPOCH, one, one, one, one)));

        assertThat(own.cost("gemini-3.8-flash", LocalDate.of(2027, 6, 1), MILLION_OF_EACH))
                .isEqualTo(Cost.of("4"));
        assertThat(own.price("gemini-2.5-pro", TODAY)).isPresent();
    }

    @Test
    void untilAnOwnPriceHoldsThePublishedOneDoesAndItsLaterRisesDoNot() {
        BigDecimal one = BigDecimal.ONE;
        PriceTable own = PriceTable.PUBLISHED.with(
                List.of(new Price("gemini-3.8-flash", LocalDate.of(2026, 12, 1), one, one, one, one)));

        assertThat(own.cost("gemini-3.8-flash", TODAY, MILLION_OF_EACH))
                .isEqualTo(PriceTable.PUBLISHED.cost("gemini-3.8-flash", TODAY, MILLION_OF_EACH));
        assertThat(own.cost("gemini-3.8-flash", LocalDate.of(2026, 12, 1), MILLION_OF_EACH))
                .isEqualTo(Cost.of("4"));
        assertThat(own.cost("gemini-3.8-flash", LocalDate.of(2027, 6, 1), MILLION_OF_EACH))
                .isEqualTo(Cost.of("4"));
    }

    @Test
    void aPartOfAMillionthOfADollarIsRoundedUp() {
        assertThat(PriceTable.PUBLISHED.cost("gemini-2.5-flash-lite", TODAY, new TokenUsage(1, 0, 0, 0)))
                .isEqualTo(Cost.of("0.000001"));
    }

    @Property
    void moreTokensNeverCostLess(
            @ForAll @IntRange(max = 2_000_000) int tokens, @ForAll @IntRange(max = 2_000_000) int more) {
        TokenUsage some = new TokenUsage(tokens, tokens, 0, tokens);
        TokenUsage all = some.plus(new TokenUsage(0, 0, more, more));

        assertThat(PriceTable.PUBLISHED.cost("gemini-2.5-pro", TODAY, all))
                .isGreaterThanOrEqualTo(PriceTable.PUBLISHED.cost("gemini-2.5-pro", TODAY, some));
    }

    @Test
    void googleCountsFromMidnightInCaliforniaAndWeFromMidnightUtc() {
        Instant evening = Instant.parse("2026-11-25T05:00:00Z");

        assertThat(SpendingDay.ofBudget(evening)).isEqualTo("2026-11-25T00:00:00Z");
        assertThat(SpendingDay.ofGoogle(evening)).isEqualTo("2026-11-24T08:00:00Z");
    }
}
