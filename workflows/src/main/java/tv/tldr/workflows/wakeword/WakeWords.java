package tv.tldr.workflows.wakeword;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.wakeword.Said.SaidWord;
import tv.tldr.workflows.wakeword.WakeWordHit.Manner;

/**
 * Where does somebody ask for a clip? Finds wake words as people and recognisers write them: in other case, with and
 * without accents and punctuation, run together or torn apart, with a slip of a letter, or by their sound alone.
 */
public final class WakeWords {
    /** A recogniser breaks a line where the voice halts; a longer gap ends what is said together. */
    private static final double SAME_BREATH_SECONDS = 1;

    private WakeWords() {}

    /** Whether {@code wakeWord} has letters or digits, without which it cannot be said. */
    public static boolean canBeSaid(String wakeWord) {
        return WakePhrase.of(wakeWord).isPresent();
    }

    /** {@code wakeWords} without those that are the same as an earlier one when they are said; each can be said. */
    public static List<String> distinct(List<String> wakeWords) {
        return phrases(wakeWords).stream().map(WakePhrase::configured).toList();
    }

    /**
     * Every place where one of {@code wakeWords} is said, by time; of the same time in the order of the list. A place counts
     * once for each wake word, also when the list has it twice in other spelling.
     *
     * @param wakeWords words or phrases of any language
     * @throws IllegalArgumentException when one of them has neither letters nor digits
     */
    public static List<WakeWordHit> find(Transcript transcript, List<String> wakeWords) {
        List<Said> lines = Said.linesOf(transcript);
        List<SaidWord> words =
                lines.stream().flatMap(line -> line.words().stream()).toList();
        return phrases(wakeWords).stream()
                .map(phrase -> phrase.withoutSpaces() ? contained(phrase, lines) : spoken(phrase, words))
                .flatMap(List::stream)
                .sorted(Comparator.comparingDouble(hit -> hit.range().start()))
                .toList();
    }

    private static List<WakePhrase> phrases(List<String> wakeWords) {
        Set<String> known = new HashSet<>();
        return wakeWords.stream()
                .map(word -> WakePhrase.of(word)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the wake word \"" + word + "\" has neither letters nor digits: leave it out")))
                .filter(phrase -> known.add(phrase.whole().letters()))
                .toList();
    }

    /** In scripts without spaces the words are not known: what contains the letters has the word. */
    private static List<WakeWordHit> contained(WakePhrase phrase, List<Said> lines) {
        List<WakeWordHit> hits = new ArrayList<>();
        String wanted = phrase.whole().letters();
        for (Said line : lines) {
            String letters = line.text().letters();
            for (int at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at + wanted.length())) {
                NormalText.Place place = line.text().place(at, at + wanted.length());
                String matched = line.text().original(place);
                hits.add(new WakeWordHit(phrase.configured(), line.range(place), matched, Manner.EXACT, 1));
            }
        }
        return hits;
    }

    private static List<WakeWordHit> spoken(WakePhrase phrase, List<SaidWord> words) {
        List<Found> found = new ArrayList<>();
        List<Heard> heard = words.stream().map(SaidWord::heard).toList();
        int count = phrase.words().size();
        for (int length = Math.max(1, count - 1); length <= count + 1; length++) {
            for (int first = 0; first + length <= words.size(); first++) {
                Optional<Likeness> likeness = phrase.likeness(heard.subList(first, first + length));
                if (likeness.isPresent()) {
                    found.add(new Found(first, words.subList(first, first + length), likeness.get()));
                }
            }
        }
        found.removeIf(one -> !isInOneBreath(one.window()));
        return withoutOverlap(found).stream().map(one -> one.hit(phrase)).toList();
    }

    private static boolean isInOneBreath(List<SaidWord> window) {
        for (int index = 1; index < window.size(); index++) {
            TimeRange before = window.get(index - 1).said().line().range();
            TimeRange after = window.get(index).said().line().range();
            if (before.gapTo(after) > SAME_BREATH_SECONDS) {
                return false;
            }
        }
        return true;
    }

    private static List<Found> withoutOverlap(List<Found> found) {
        List<Found> kept = new ArrayList<>();
        found.stream().sorted(Found.BEST_FIRST).forEach(one -> {
            if (kept.stream().noneMatch(one::overlaps)) {
                kept.add(one);
            }
        });
        return kept;
    }

    /** Words that are like a phrase: those of {@code window}, which begins with the word number {@code first}. */
    private record Found(int first, List<SaidWord> window, Likeness likeness) {
        static final Comparator<Found> BEST_FIRST = Comparator.comparingDouble(
                        (Found found) -> found.likeness().similarity())
                .reversed()
                .thenComparing(found -> found.likeness().manner())
                .thenComparingInt(found -> found.window().size())
                .thenComparingInt(Found::first);

        boolean overlaps(Found other) {
            return first < other.first + other.window.size() && other.first < first + window.size();
        }

        WakeWordHit hit(WakePhrase phrase) {
            double start = window.getFirst().range().start();
            double end = window.stream()
                    .mapToDouble(word -> word.range().end())
                    .max()
                    .orElse(start);
            TimeRange range = new TimeRange(start, end);
            return new WakeWordHit(
                    phrase.configured(), range, Said.written(window), likeness.manner(), likeness.similarity());
        }
    }
}
