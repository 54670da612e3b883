package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.gemini.Ranking.Place;

class RankingReaderTest {
    private static final List<Finalist> THREE = IntStream.rangeClosed(1, 3)
            .mapToObj(i -> new Finalist(i, "Title " + i, "", Map.of(), null))
            .toList();

    @Test
    void theBestComesFirstWhateverTheOrderOfTheText() {
        assertThat(numbers("""
                {"ranking": [{"number": 1, "score": 0.2}, {"number": 3, "score": 0.9}, {"number": 2, "score": 0.9}]}
                """)).containsExactly(3, 2, 1);
    }

    @Test
    void aFinalistThatIsLeftOutHasNoPlaceAndOneThatThereIsNotIsLeftOut() {
        Ranking ranking = usable("""
                {"ranking": [{"number": 2, "score": 1.7, "reason": "best"}, {"number": 7, "score": 1},
                             {"number": 2, "score": 0}]}
                """);

        assertThat(ranking.places()).containsExactly(new Place(2, 1, "best"));
        assertThat(ranking.notes()).hasSize(5);
    }

    @Test
    void whatNamesNobodyIsMalformed() {
        assertThat(RankingReader.read(THREE, "{\"ranking\": []}")).isInstanceOf(Reading.Malformed.class);
        assertThat(RankingReader.read(THREE, "number two")).isInstanceOf(Reading.Malformed.class);
    }

    private static Ranking usable(String text) {
        Reading<Ranking> reading = RankingReader.read(THREE, text);
        assertThat(reading).isInstanceOf(Reading.Usable.class);
        return ((Reading.Usable<Ranking>) reading).answer();
    }

    private static List<Integer> numbers(String text) {
        return usable(text).places().stream().map(Place::number).toList();
    }
}
