package tv.tldr.workflows.wakeword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.transcript.TranscriptLine;
import tv.tldr.workflows.transcript.TranscriptSource;
import tv.tldr.workflows.wakeword.WakeWordHit.Manner;

/** What counts as a wake word, and what does not? */
class WakeWordsTest {
    @ParameterizedTest(name = "{0} is said in: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "clip that       | clip that                            | clip that       | EXACT",
                "clip that       | Oh my God, CLIP THAT!                | CLIP THAT       | EXACT",
                "Clip that!      | someone clip that please             | clip that       | EXACT",
                "clip that       | clip... that                         | clip... that    | EXACT",
                "clip that       | clip-that                            | clip-that       | EXACT",
                "clip that       | clipthat chat                        | clipthat        | EXACT",
                "clipthat        | clip that chat                       | clip that       | EXACT",
                "don't stop      | dont stop                            | dont stop       | EXACT",
                "GG              | g.g. everyone                        | g.g             | EXACT",
                "olé             | ole ole                              | ole             | EXACT",
                "jalapeno        | jalapeño!                            | jalapeño        | EXACT",
                "großartig       | GROSSARTIG                           | GROSSARTIG      | EXACT",
                "smørrebrød      | smorrebrod                           | smorrebrod      | EXACT",
                "запиши это      | Запиши это, пожалуйста               | Запиши это      | EXACT",
                "ещё раз         | еще раз                              | еще раз         | EXACT",
                "clip that       | clip dat                             | clip dat        | PHONETIC",
                "clip that       | klipp that                           | klipp that      | PHONETIC",
                "clip that       | Klip dat, bro                        | Klip dat        | PHONETIC",
                "clip that       | klippthat                            | klippthat       | PHONETIC",
                "clip            | klipp                                | klipp           | PHONETIC",
                "clutch          | what a klutch                        | klutch          | PHONETIC",
                "highlight that  | highlite that                        | highlite that   | PHONETIC",
                "highlight       | hi light                             | hi light        | PHONETIC",
                "clip that       | clips that                           | clips that      | FUZZY",
                "clip that       | clip than                            | clip than       | FUZZY",
                "clip that       | clip that's                          | clip that's     | FUZZY",
                "highlight       | highlights                           | highlights      | FUZZY",
                "unbelievable    | unbeliveable                         | unbeliveable    | FUZZY",
                "запиши это      | запеши это                           | запеши это      | FUZZY",
            })
    void isFoundHoweverItIsWritten(String wakeWord, String line, String matched, Manner manner) {
        assertThat(find(line, wakeWord)).first().satisfies(hit -> {
            assertThat(hit.word()).isEqualTo(wakeWord);
            assertThat(hit.matched()).isEqualTo(matched);
            assertThat(hit.manner()).isEqualTo(manner);
            assertThat(hit.similarity()).isBetween(manner == Manner.EXACT ? 1.0 : 0.6, 1.0);
        });
    }

    @ParameterizedTest(name = "{0} is not said in: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "clip that   | clip",
                "clip that   | that",
                "clip that   | that clip",
                "clip that   | clip this",
                "clip that   | clip it",
                "clip that   | clip of that",
                "clip that   | flip that; slip that; chip that; whip that; rip that; skip that; grip that; trip that",
                "clip that   | keep that; club that; clap that; click that; cliff that; climb that; claim that; clear that",
                "clip that   | clapthat; eclipse that; equip that; Philip that; clipped that; clipper chat; cleared that",
                "clip that   | clip dot; clip did; clip dead; clip date; clip hat; clip at; clip bat; clip chat; clip what",
                "clip that   | glib dad; gulp that; could that; club dead; call it that; collapsed",
                "clip that   | I think we should go back to the base and then look what they have got",
                "clip        | club; clap; glib; gulp; flip; slip; clips; clipped; eclipse; keep; cheap; crypt; chip; lip; Caleb",
                "clip        | Philip; kelp; calf; cliff; click; cup; cap; cop; cape; copy; kill; kilt",
                "save        | safe; shave; wave; sieve; suave; gave; sofa; Steve; saved; cave",
                "save that   | safe than; safe at",
                "nice        | niece; knees; noise; ice; mice; rice; once; gneiss; nose; news; an ice",
                "wow         | how; now; who; we; way; vow; row; low; what; woe",
                "pog         | dog; pug; pig; fog; bog; page; bag; poke; puck",
                "GG          | g; egg; gig; go; gag; big",
                "insane      | in sun; insert; ensign; inside; sane; insanity",
                "marker      | market; parker; barker; maker; martyr; mark; marked; mark her",
                "replay      | reply; relay; display; repeat; rely; replace",
                "clutch      | crutch; clutter; church; couch; catch; much; club",
                "moment      | comment; mount; movement; memento",
                "highlight   | headlight; hindsight; flashlight; spotlight; moonlight; high; light; right",
                "hey clip    | hey club; they clip; hey flip; hi Philip; hey",
                "запиши это  | запиши эту мысль; спиши это; запись",
            })
    void aWordThatOnlyLooksLikeItIsNot(String wakeWord, String lines) {
        assertThat(lines.split(";", -1))
                .allSatisfy(line -> assertThat(find(line, wakeWord)).as(line).isEmpty());
    }

    @ParameterizedTest(name = "{0} is contained in: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "切り抜いて    | 今のはすごい、切り抜いてください   | 切り抜いて",
                "クリップして  | ｸﾘｯﾌﾟして!                         | ｸﾘｯﾌﾟして",
                "クリップ      | いまのクリップ して                | クリップ",
                "剪辑          | 快把这个剪辑下来                   | 剪辑",
                "ตัดคลิป        | ช่วยตัดคลิปนี้หน่อย                 | ตัดคลิป",
                "clipして      | 今のCLIPして                       | CLIPして",
                "clip          | 今のclipして                       | clip",
                "클립 따       | 방금 거 클립 따!                   | 클립 따",
            })
    void isFoundInLanguagesWithoutSpaces(String wakeWord, String line, String matched) {
        assertThat(find(line, wakeWord)).singleElement().satisfies(hit -> {
            assertThat(hit.matched()).isEqualTo(matched);
            assertThat(hit.manner()).isEqualTo(Manner.EXACT);
        });
    }

    @Test
    void inLanguagesWithoutSpacesMarksAreLetters() {
        assertThat(find("かき氷", "がき")).isEmpty();
        assertThat(find("がき大将", "がき")).hasSize(1);
    }

    @Test
    void theSureOnesAreMoreSimilar() {
        assertThat(find("clip that", "clip that").getFirst().similarity()).isEqualTo(1);
        assertThat(find("clip than", "clip that").getFirst().similarity()).isCloseTo(0.875, within(1e-9));
        assertThat(find("clip dat", "clip that").getFirst().similarity()).isCloseTo(0.75, within(1e-9));
    }

    @Test
    void liesInItsLineInProportionToTheCharacters() {
        List<WakeWordHit> hits = WakeWords.find(
                transcript(line(100, 110, "0123456789 clip that")), List.of("clip that", "0123456789 clip"));

        assertThat(hits)
                .extracting(WakeWordHit::range)
                .containsExactly(new TimeRange(100, 107.5), new TimeRange(105.5, 110));
    }

    @Test
    void isFoundAcrossLinesThatAreSpokenInOneBreath() {
        Transcript halting = transcript(line(10, 12, "please clip"), line(12.4, 13, "that!"));

        assertThat(WakeWords.find(halting, List.of("clip that")))
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.matched()).isEqualTo("clip that");
                    assertThat(hit.range().start()).isBetween(11.0, 11.5);
                    assertThat(hit.range().end())
                            .as("without the exclamation mark")
                            .isBetween(12.8, 12.9);
                });
        assertThat(WakeWords.find(
                        transcript(line(10, 12, "please clip"), line(13.5, 14, "that!")), List.of("clip that")))
                .isEmpty();
    }

    @Test
    void everyPlaceCountsOnce() {
        assertThat(find("clip that clip that, klipp that", "clip that"))
                .extracting(WakeWordHit::matched)
                .containsExactly("clip that", "clip that", "klipp that");
        assertThat(WakeWords.find(transcript(line(0, 1, "clip that")), List.of("clip that", "Clip that!", "clip-that")))
                .hasSize(1);
    }

    @Test
    void ofTwoWakeWordsAtOnePlaceBothAreFound() {
        assertThat(WakeWords.find(transcript(line(0, 1, "clip that")), List.of("clip that", "clip")))
                .extracting(WakeWordHit::word)
                .containsExactly("clip that", "clip");
    }

    @Test
    void nothingIsFoundWhereThereIsNothing() {
        assertThat(WakeWords.find(Transcript.EMPTY, List.of("clip that"))).isEmpty();
        assertThat(WakeWords.find(transcript(line(0, 1, "clip that")), List.of()))
                .isEmpty();
        assertThat(find("…!?", "clip that")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "!!!", "🎬", "'"})
    void aWakeWordHasLettersOrDigits(String wakeWord) {
        assertThat(WakeWords.canBeSaid(wakeWord)).isFalse();
        assertThatThrownBy(() -> find("clip that", wakeWord)).hasMessageContaining("neither letters nor digits");
    }

    private static List<WakeWordHit> find(String line, String... wakeWords) {
        return WakeWords.find(transcript(line(0, 10, line)), Arrays.asList(wakeWords));
    }

    private static Transcript transcript(TranscriptLine... lines) {
        return new Transcript(List.of(lines));
    }

    private static TranscriptLine line(double start, double end, String text) {
        return new TranscriptLine(new TimeRange(start, end), text, TranscriptSource.RECOGNIZER);
    }
}
