package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void readsWhatItWrote() {
        Cursor cursor = new Cursor("2026-01-01T00:00:00.123456Z", FreshUuid.next());

        assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
        assertThat(cursor.toString()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "bm9zcGFjZQ", "bm90IGEgdXVpZA"})
    void refusesWhatItDidNotWrite(String text) {
        assertThatThrownBy(() -> Cursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPageKnowsWhetherThereIsMoreByTheRowThatIsOneTooMany() {
        Page<Integer> more = Page.of(List.of(1, 2, 3), 2, row -> new Cursor(row.toString(), FreshUuid.next()));
        Page<Integer> last = Page.of(List.of(1, 2), 2, row -> new Cursor(row.toString(), FreshUuid.next()));

        assertThat(more.items()).containsExactly(1, 2);
        assertThat(more.next()).isNotNull().extracting(Cursor::key).isEqualTo("2");
        assertThat(last.items()).containsExactly(1, 2);
        assertThat(last.hasMore()).isFalse();
    }
}
