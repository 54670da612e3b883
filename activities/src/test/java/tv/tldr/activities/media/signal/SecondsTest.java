package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;

class SecondsTest {
    @Test
    void countsALastSecondThatIsCutShort() {
        Seconds seconds = Seconds.of(new TimeRange(60, 107.3));

        assertThat(seconds.first()).isEqualTo(60);
        assertThat(seconds.count()).isEqualTo(48);
        assertThat(seconds.to(47)).isEqualTo(107.3);
        assertThat(seconds.to(46)).isEqualTo(107);
    }

    @Test
    void doesNotMakeASecondOfARoundingError() {
        assertThat(Seconds.of(new TimeRange(0, 60.0000001)).count()).isEqualTo(60);
        assertThat(Seconds.of(new TimeRange(0, 0.2)).count()).isEqualTo(1);
    }

    @Test
    void putsAnInstantOnTheBorderIntoTheSecondThatBegins() {
        Seconds seconds = Seconds.of(new TimeRange(60, 120));

        assertThat(seconds.index(60)).isZero();
        assertThat(seconds.index(60.9999999)).isEqualTo(1);
        assertThat(seconds.index(59.9)).isNegative();
        assertThat(seconds.index(120)).isNegative();
    }
}
