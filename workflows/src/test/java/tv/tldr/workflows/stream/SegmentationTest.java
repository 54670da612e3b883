package tv.tldr.workflows.stream;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SegmentationTest {
    @Property
    void windowsCoverTheWholeWithoutGapOrOverlap(@ForAll @DoubleRange(min = 0.04, max = 90_000) double duration) {
        Segmentation segmentation = new Segmentation(duration);
        double end = 0;
        for (int i = 0; i < segmentation.count(); i++) {
            TimeRange window = segmentation.window(i);
            assertThat(window.start()).isEqualTo(end);
            assertThat(window.duration()).isLessThan(70);
            end = window.end();
        }
        assertThat(end).isEqualTo(duration);
    }

    @Test
    void aShortRestBelongsToTheWindowBefore() {
        assertThat(new Segmentation(129.9).count()).isEqualTo(2);
        assertThat(new Segmentation(130).count()).isEqualTo(3);
        assertThat(new Segmentation(0.5).window(0)).isEqualTo(new TimeRange(0, 0.5));
    }

    @Test
    void tellsTimesAsPeopleReadThem() {
        assertThat(Segmentation.clock(new TimeRange(59.9, 3661))).isEqualTo("0:00:59–1:01:01");
    }
}
