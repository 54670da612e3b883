package tv.tldr.activities.asking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tv.tldr.activities.asking.Manner.Length;
import tv.tldr.activities.gemini.ProxyCutter.Detail;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.scoring.ProcessingModules;

/** What is tried when the money does not reach? */
class MannerTest {
    private static final MediaFacts FILM = new MediaFacts(
            60,
            0,
            "mp4",
            0,
            new MediaFacts.Video(0, "h264", 1280, 720, 0, 30, false),
            new MediaFacts.Audio(1, "aac", 48_000, 2));

    @Test
    void whereAllFramesAreTooDearAThirdOfThemIsShownAndThatIsSaid() {
        assertThat(Manner.dearestFirst(FILM))
                .extracting(Manner::detail)
                .containsExactly(Detail.FULL, Detail.FULL, Detail.FEWER_FRAMES);
        assertThat(Manner.dearestFirst(FILM))
                .extracting(Manner::length)
                .containsExactly(Length.LONGEST, Length.EXPECTED, Length.EXPECTED);
        assertThat(Manner.dearestFirst(FILM)).allSatisfy(one -> assertThat(one.degraded() != null)
                .isEqualTo(one.detail().equals(Detail.FEWER_FRAMES)));
    }

    @Test
    void withoutAPictureThereAreNoFewerFramesToShow() {
        MediaFacts heard = FILM.shown(new ProcessingModules(false, true, true, true));

        assertThat(Manner.dearestFirst(heard))
                .hasSize(2)
                .allMatch(one -> one.detail().equals(Detail.FULL) && one.degraded() == null);
    }
}
