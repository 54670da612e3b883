package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tv.tldr.workflows.stream.TimeRange;

class RoomTest {
    @Test
    void anEmptyStreamIsAllRoom() {
        assertThat(new Room(100, 10).around(50)).contains(new TimeRange(0, 100));
        assertThat(new Room(100, 10).nearest(new TimeRange(5, 6))).isEmpty();
    }

    @Test
    void betweenTwoHighlightsTheCooldownIsKeptOnBothSides() {
        Room room = room(new TimeRange(10, 20), new TimeRange(70, 80));

        assertThat(room.around(50)).contains(new TimeRange(30, 60));
        assertThat(room.around(95)).contains(new TimeRange(90, 100));
    }

    @Test
    void theWholeSecondOfThePeakMustBeFree() {
        Room room = room(new TimeRange(10, 20), new TimeRange(70, 80));

        assertThat(room.around(15)).as("taken").isEmpty();
        assertThat(room.around(29)).as("within the cooldown").isEmpty();
        assertThat(room.around(30)).isPresent();
        assertThat(room.around(59)).isPresent();
        assertThat(room.around(60)).as("its end would be within the cooldown").isEmpty();
        assertThat(room.around(0)).as("10 s before are not 10 s and a second").isEmpty();
    }

    @Test
    void theLastSecondOfTheStreamMayBeAPart() {
        assertThat(new Room(99.4, 0).around(99)).contains(new TimeRange(0, 99.4));
    }

    @Test
    void namesTheNearestHighlight() {
        TimeRange early = new TimeRange(10, 20);
        TimeRange late = new TimeRange(70, 80);

        assertThat(room(early, late).nearest(new TimeRange(25, 40))).contains(early);
        assertThat(room(early, late).nearest(new TimeRange(50, 65))).contains(late);
        assertThat(room(early, late).nearest(new TimeRange(40, 50)))
                .as("as near")
                .contains(early);
        assertThat(room(late).nearest(new TimeRange(1, 2))).contains(late);
    }

    private static Room room(TimeRange... taken) {
        Room room = new Room(100, 10);
        for (TimeRange range : taken) {
            room.take(range);
        }
        return room;
    }
}
