package tv.tldr.workflows.wakeword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.transcript.TranscriptLine;
import tv.tldr.workflows.transcript.TranscriptSource;

/** What holds for every transcript and all wake words. */
class WakeWordsPropertyTest {
    @Property(tries = 300, seed = "1")
    void aPhraseIsFoundWhereverItIsSaid(
            @ForAll("phrases") List<String> phrase,
            @ForAll("phrases") List<String> before,
            @ForAll("phrases") List<String> after) {
        Assume.that(!phrase.isEmpty());
        String said = String.join(" ", phrase);
        String line = (String.join(" ", before) + " " + said + ". " + String.join(" ", after)).strip();

        assertThat(WakeWords.find(transcript(line), List.of(said)))
                .anySatisfy(hit -> assertThat(hit.similarity()).isEqualTo(1));
    }

    @Property(tries = 500, seed = "2")
    void hitsLieWithinTheirLinesByTimeAndSayWhatIsThere(
            @ForAll("transcripts") Transcript transcript, @ForAll("wakeWords") List<String> wakeWords) {
        List<WakeWordHit> hits = WakeWords.find(transcript, wakeWords);

        assertThat(hits)
                .isSortedAccordingTo(
                        Comparator.comparingDouble(hit -> hit.range().start()))
                .allSatisfy(hit -> {
                    assertThat(wakeWords).contains(hit.word());
                    assertThat(hit.similarity()).isBetween(0.6, 1.0);
                    assertThat(transcript.lines())
                            .anyMatch(
                                    line -> line.range().start() <= hit.range().start() + 1e-9
                                            && line.range().end() >= hit.range().start() - 1e-9);
                    assertThat(hit.matched().split(" ", -1)).allSatisfy(part -> assertThat(transcript.lines())
                            .anyMatch(line -> line.text().contains(part)));
                });
    }

    @Property(tries = 300, seed = "3")
    void momentsLieWithinTheStreamAndHoldEveryCallThatDoes(
            @ForAll("transcripts") Transcript transcript, @ForAll("wakeWords") List<String> wakeWords) {
        double duration = 120;
        List<WakeWordHit> hits = WakeWords.find(transcript, wakeWords);

        List<CalledMoment> moments = CalledMoments.of(hits, duration);

        assertThat(moments.stream().flatMap(moment -> moment.hits().stream())).containsExactlyElementsOf(hits);
        assertThat(moments).allSatisfy(moment -> {
            assertThat(moment.range().end()).isLessThanOrEqualTo(duration);
            assertThat(moment.confidence()).isBetween(0.6, 1.0);
        });
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of(
                "clip", "that", "Klipp", "dat", "highlight", "wow", "über", "don't", "it", "игра", "방금", "7");
    }

    @Provide
    Arbitrary<List<String>> phrases() {
        return words().list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<String>> wakeWords() {
        return Arbitraries.of("clip that", "clip", "highlight", "切り抜いて", "wow!", "über that", "игра")
                .list()
                .ofMaxSize(4)
                .uniqueElements();
    }

    @Provide
    Arbitrary<Transcript> transcripts() {
        Arbitrary<String> anything = Arbitraries.oneOf(
                words().list().ofMinSize(1).ofMaxSize(12).map(words -> String.join(" ", words)),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(40).filter(text -> !text.isBlank()),
                Arbitraries.of("今の切り抜いて", "clip\u0000that", "clip\uD83D", "e\u0301\u0301\u0301", "ﬁﬂ½㎞"));
        Arbitrary<TranscriptLine> line = Combinators.combine(
                        Arbitraries.doubles().between(0, 100),
                        Arbitraries.doubles().between(0, 20),
                        anything.filter(text -> !text.strip().isEmpty()))
                .as((start, length, text) ->
                        new TranscriptLine(new TimeRange(start, start + length), text, TranscriptSource.MODEL));
        return line.list().ofMaxSize(8).map(Transcript::new);
    }

    private static Transcript transcript(String line) {
        return new Transcript(List.of(new TranscriptLine(new TimeRange(5, 9), line, TranscriptSource.MODEL)));
    }
}
