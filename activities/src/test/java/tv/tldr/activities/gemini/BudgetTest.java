package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.gemini.Budget.Limit;
import tv.tldr.activities.gemini.Budget.Reserved;
import tv.tldr.activities.gemini.Budget.Spent;
import tv.tldr.activities.gemini.Budget.Verdict.Allowed;
import tv.tldr.activities.gemini.Budget.Verdict.Pending;
import tv.tldr.activities.gemini.Budget.Verdict.Refused;

class BudgetTest {
    private static final Budget BUDGET = new Budget(Cost.of("1"), Cost.of("5"), Cost.of("20"), 100, null);

    @Test
    void aCallWithinAllLimitsIsAllowedAndTellsWhatIsLeftOfTheNarrowest() {
        assertThat(BUDGET.check(Cost.of("0.10"), spent("0.50", "4.45", "10", 3)))
                .isEqualTo(new Allowed(Cost.of("0.40")));
    }

    @Test
    void aBudgetMayBeUsedToTheLastCent() {
        assertThat(BUDGET.check(Cost.of("0.5"), spent("0.5", "0", "0", 0))).isEqualTo(new Allowed(Cost.ZERO));
        assertThat(BUDGET.check(Cost.of("0.500001"), spent("0.5", "0", "0", 0))).isInstanceOf(Refused.class);
    }

    @Test
    void whatACustomerAllowsForAStreamBindsWhenItIsLess() {
        assertThat(BUDGET.atMost(new BigDecimal("0.20")).stream()).isEqualTo(Cost.of("0.2"));
        assertThat(BUDGET.atMost(new BigDecimal("7"))).isEqualTo(BUDGET);
        assertThat(BUDGET.atMost(null)).isEqualTo(BUDGET);
        assertThat(Budget.UNLIMITED.atMost(new BigDecimal("7")).stream()).isEqualTo(Cost.of("7"));
    }

    @Test
    void theLimitThatForbidsIsNamedWithWhatItHasLeft() {
        assertThat(BUDGET.check(Cost.of("0.10"), spent("0.95", "0", "0", 0)))
                .isEqualTo(new Refused(
                        Limit.STREAM,
                        "the AI budget of this stream is 1.000000 USD, of which 0.050000 USD are left, and the next call may"
                                + " cost 0.100000 USD",
                        Cost.of("0.05")));
        assertThat(limit(spent("0", "4.99", "0", 0))).isEqualTo(Limit.ORGANIZATION_DAY);
        assertThat(limit(spent("0", "0", "25", 0))).isEqualTo(Limit.DAY);
        assertThat(limit(spent("0", "0", "0", 100))).isEqualTo(Limit.CALLS_DAY);
    }

    @Test
    void whatIsOnlyReservedForOthersRefusesNobodyForGood() {
        Spent reserved = new Spent(
                Cost.of("0.95"),
                Cost.of("4.99"),
                Cost.of("19.99"),
                3,
                new Reserved(Cost.of("0.3"), Cost.of("0.3"), Cost.of("0.3")));

        assertThat(BUDGET.check(Cost.of("0.10"), reserved))
                .isInstanceOfSatisfying(Pending.class, pending -> assertThat(pending.explanation())
                        .contains("0.050000 USD are left", "when requests on their way have ended"));
        assertThat(BUDGET.check(Cost.of("0.36"), reserved))
                .as("more than what is settled leaves")
                .isEqualTo(new Refused(
                        Limit.STREAM,
                        "the AI budget of this stream is 1.000000 USD, of which 0.350000 USD are left, and the next call may"
                                + " cost 0.360000 USD",
                        Cost.of("0.35")));
        assertThat(BUDGET.check(Cost.of("0.01"), reserved)).isInstanceOf(Allowed.class);
    }

    @Test
    void withoutLimitsEverythingIsAllowed() {
        assertThat(Budget.UNLIMITED.check(Cost.of("1000000"), spent("9", "9", "9", 9)))
                .isEqualTo(new Allowed(null));
    }

    @Property
    void whateverIsAllowedStaysWithinTheBudget(
            @ForAll @IntRange(max = 2_000_000) int estimate, @ForAll @IntRange(max = 2_000_000) int spent) {
        Cost next = Cost.of(estimate + "e-6");
        Cost before = Cost.of(spent + "e-6");

        boolean allowed = BUDGET.check(next, new Spent(before, before, before, 0)) instanceof Allowed;

        assertThat(allowed).isEqualTo(estimate + spent <= 1_000_000);
    }

    private static Limit limit(Spent spent) {
        Budget.Verdict verdict = BUDGET.check(Cost.of("0.10"), spent);
        assertThat(verdict).isInstanceOf(Refused.class);
        return ((Refused) verdict).limit();
    }

    private static Spent spent(String stream, String organization, String day, int calls) {
        return new Spent(Cost.of(stream), Cost.of(organization), Cost.of(day), calls);
    }
}
