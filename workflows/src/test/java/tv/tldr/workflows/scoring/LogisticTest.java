package tv.tldr.workflows.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class LogisticTest {
    @Test
    void evenEvidenceIsAHalf() {
        assertThat(Logistic.of(0)).isEqualTo(0.5);
        assertThat(Logistic.evidence(0.8)).isCloseTo(1.386294361, within(1e-9));
    }

    @Test
    void certaintyStaysFinite() {
        assertThat(Logistic.evidence(1)).isEqualTo(30);
        assertThat(Logistic.evidence(0)).isEqualTo(-30);
    }

    @Property
    void thereAndBack(@ForAll @DoubleRange(min = -20, max = 20) double evidence) {
        assertThat(Logistic.evidence(Logistic.of(evidence))).isCloseTo(evidence, within(1e-6));
    }

    @Property
    void theSlopeLeadsFromOneToTheOther(
            @ForAll @DoubleRange(min = -9, max = 9) double from, @ForAll @DoubleRange(min = -9, max = 9) double to) {
        double reached = Logistic.of(from) + Logistic.slope(from, to) * (to - from);
        assertThat(reached).isCloseTo(Logistic.of(to), within(1e-9));
    }
}
