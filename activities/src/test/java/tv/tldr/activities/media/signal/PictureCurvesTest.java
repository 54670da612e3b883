package tv.tldr.activities.media.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.stream.TimeRange;

class PictureCurvesTest {
    private static final Offset<Float> ABOUT = within(0.003f);
    private static final Packets PACKETS = TestPackets.of(0, 8, 20, i -> 100);

    @Test
    void letsAPictureStandUntilTheNextOne() {
        Pictures pictures = TestPictures.greys(new double[] {0, 2.5, 6}, 51, 153, 153);

        float[] brightness = curves(pictures).of(SignalKind.BRIGHTNESS);

        assertThat(brightness[1]).isCloseTo(0.2f, ABOUT);
        assertThat(brightness[2]).isCloseTo(0.4f, ABOUT);
        assertThat(brightness[3]).isCloseTo(0.6f, ABOUT);
        assertThat(brightness[7]).isCloseTo(0.6f, ABOUT);
    }

    @Test
    void tellsAFlashInTheSecondInWhichItIsFirstSeen() {
        Pictures pictures = TestPictures.greys(new double[] {0, 2, 4, 6}, 0, 255, 0, 51);

        float[] flash = curves(pictures).of(SignalKind.FLASH);

        assertThat(flash[2]).isCloseTo(1, ABOUT);
        assertThat(flash[6]).isCloseTo(0.2f, ABOUT);
        assertThat(flash[0] + flash[1] + flash[3] + flash[4] + flash[5] + flash[7])
                .isZero();
    }

    @Test
    void spreadsADifferenceOverTheTimeInWhichItHappened() {
        Pictures pictures = TestPictures.greys(new double[] {0, 2, 4, 6}, 0, 0, 255, 255);

        float[] change = curves(pictures).of(SignalKind.CHANGE);

        assertThat(change[1]).isZero();
        assertThat(change[2]).isCloseTo(1, ABOUT);
        assertThat(change[3]).isCloseTo(1, ABOUT);
        assertThat(change[4]).isZero();
    }

    @Test
    void measuresBlackAndColour() {
        Pictures pictures = TestPictures.greys(new double[] {0, 2, 3}, 4, 120, 4);

        assertThat(curves(pictures).of(SignalKind.BLACK)).startsWith(1f, 1f, 0f, 1f);
        assertThat(TestPictures.colour(255, 0, 0).saturation(0)).isCloseTo(1, within(0.001));
        assertThat(TestPictures.colour(90, 90, 90).saturation(0)).isZero();
        assertThat(TestPictures.colour(0, 255, 0).brightness(0)).isCloseTo(0.7152, within(0.001));
    }

    @Test
    void letsTheFirstPictureStandForWhatCameBeforeIt() {
        assertThat(curves(TestPictures.greys(new double[] {3}, 51)).of(SignalKind.BRIGHTNESS)[0])
                .isCloseTo(0.2f, ABOUT);
    }

    @Test
    void saysNothingWithoutAnyPictureAndAfterTheLastPacket() {
        assertThat(curves(Pictures.none()).of(SignalKind.BRIGHTNESS)[3]).isNaN();
        assertThat(curves(Pictures.none()).of(SignalKind.FLASH)[3]).isNaN();
        Packets shorter = TestPackets.of(0, 5, 20, i -> 100);
        Curves curves = new Curves(
                PictureCurves.of(TestPictures.greys(new double[] {0}, 51), shorter, Seconds.of(new TimeRange(0, 8))));
        assertThat(curves.of(SignalKind.BRIGHTNESS)[4]).isCloseTo(0.2f, ABOUT);
        assertThat(curves.of(SignalKind.BRIGHTNESS)[5]).isNaN();
    }

    private static Curves curves(Pictures pictures) {
        return new Curves(PictureCurves.of(pictures, PACKETS, Seconds.of(new TimeRange(0, 8))));
    }
}
