package tv.tldr.workflows.selection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import tv.tldr.workflows.scoring.MomentType;
import tv.tldr.workflows.signal.Marker;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.wakeword.CalledMoments;
import tv.tldr.workflows.wakeword.WakeWords;

/**
 * Which moments did people ask for, by voice or by a marker? A call that follows a passage that stands out is for that passage, and lifts it;
 * any other call is a moment of its own. No call makes a second clip of what has one.
 */
final class Calls {
    private final List<Call> calls;
    private final double[] score;

    private Calls(List<Call> calls, double[] score) {
        this.calls = calls;
        this.score = score;
    }

    /**
     * Listens.
     *
     * @param markers that were posted
     * @param score of each measured second; what is said after the last of them has no place
     */
    static Calls in(
            Transcript transcript, List<Marker> markers, StreamOptions options, double duration, double[] score) {
        Stream<Call> heard = options.wakeWords().isEmpty()
                ? Stream.of()
                : CalledMoments.of(WakeWords.find(transcript, options.wakeWords()), duration).stream()
                        .map(Call.Spoken::new);
        Stream<Call> posted =
                markers.stream().distinct().map(marker -> new Call.Marked(marker, marker.range(duration)));
        double end = Math.min(duration, score.length);
        return new Calls(
                Stream.concat(heard, posted).filter(call -> call.at() < end).toList(), score);
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /**
     * The measured contenders with the calls for them, and those that nothing but a call makes one.
     *
     * @param measured strongest first
     * @param standsOut the least score of a passage that people may mean
     * @param longest moment of a type, seconds: a passage reaches to its call when it does not become longer
     */
    List<Contender> among(List<Contender> measured, double standsOut, ToIntFunction<MomentType> longest) {
        List<Contender> all = new ArrayList<>(measured);
        List<Contender> alone = new ArrayList<>();
        for (Call call : calls) {
            Optional<Contender> meant = all.stream()
                    .filter(one -> !one.passage().isMerged() && one.passage().score() >= standsOut)
                    .filter(one -> isSeen(one.passage(), call))
                    .filter(one -> fits(one, longest))
                    .findFirst();
            if (meant.isPresent()) {
                Contender reaching = meant.get().reachingTo(call);
                Contender lifted = fits(reaching, longest) ? reaching : meant.get();
                all.set(all.indexOf(meant.get()), lifted.and(List.of(call)));
            } else {
                alone.add(Contender.called(call, score));
            }
        }
        all.addAll(alone);
        return all;
    }

    private static boolean isSeen(Passage passage, Call call) {
        return new TimeRange(passage.from(), passage.to()).overlaps(call.seen());
    }

    /** Whether one clip can show all of it. */
    private static boolean fits(Contender one, ToIntFunction<MomentType> longest) {
        return one.passage().to() - one.passage().from() <= longest.applyAsInt(one.type());
    }

    /** Calls for which there is no room beside the clip of what people just saw go to that clip. */
    static List<Considered> joined(List<Considered> placed) {
        Map<Considered, List<Call>> shown = new HashMap<>();
        List<Considered> left = new ArrayList<>();
        for (Considered one : placed) {
            Optional<Considered> by = showing(one, placed);
            by.ifPresent(clip -> shown.computeIfAbsent(clip, any -> new ArrayList<>())
                    .addAll(one.contender().calls()));
            if (by.isEmpty()) {
                left.add(one);
            } else if (one.contender().measured()) {
                left.add(one.with(one.contender().uncalled()));
            }
        }
        return left.stream()
                .map(one -> one.with(called(one, shown.getOrDefault(one, List.of()))))
                .toList();
    }

    /** A marker counts in full in a clip that shows its second. */
    private static Contender called(Considered one, List<Call> calls) {
        Contender all = one.contender().and(calls);
        for (Call call : calls) {
            boolean shown =
                    call instanceof Call.Marked && one.placement().range().contains(call.at());
            all = shown ? all.reachingTo(call) : all;
        }
        return all;
    }

    private static Optional<Considered> showing(Considered called, List<Considered> placed) {
        return called.inTheWay()
                .map(Considered.InTheWay::range)
                .filter(range -> called.contender().calls().stream()
                        .anyMatch(call -> call.seen().overlaps(range)))
                .flatMap(range -> placed.stream()
                        .filter(other -> other.standsForItself()
                                && other.placement().range().equals(range))
                        .findFirst());
    }
}
