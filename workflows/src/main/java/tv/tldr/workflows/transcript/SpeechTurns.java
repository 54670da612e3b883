package tv.tldr.workflows.transcript;

import java.util.ArrayList;
import java.util.List;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Which stretches of speech may a model be asked about? What is said in one go, from pause to pause: long enough to mean
 * something and short enough to be a place.
 */
public final class SpeechTurns {
    /** A shorter call is told together with the silence around it, or with what is said shortly before or after it. */
    static final double SHORTEST_SECONDS = 2;

    /** Longer speech is divided, at its longest pauses where there are any. */
    static final double LONGEST_SECONDS = 30;

    /** Where speech must be divided, a turn has at least this much, so that the pause chosen is a real one. */
    private static final double DIVIDED_AFTER_SECONDS = 10;

    /** Within a sentence people stop for less than this, between two of them for about as long. */
    private static final double TURN_PAUSE_SECONDS = 1;

    /** A short call this near to other speech is a part of it; farther away it has room to be widened. */
    private static final double CALL_PAUSE_SECONDS = 4;

    private SpeechTurns() {}

    /**
     * The turns of {@code signals}, numbered from 1: from {@value #SHORTEST_SECONDS} s to {@value #LONGEST_SECONDS} s each
     * (less only where the signals are shorter), without overlap; empty when nobody speaks or there is no sound.
     */
    public static List<NumberedWindow> of(Signals signals) {
        TimeRange measured = new TimeRange(signals.firstSecond(), signals.firstSecond() + signals.seconds());
        List<List<TimeRange>> blocks = joinCalls(blocks(Phrases.of(signals)));
        List<TimeRange> turns = new ArrayList<>();
        for (List<TimeRange> block : blocks) {
            divide(block, turns);
        }
        return NumberedWindow.number(
                turns.stream().map(turn -> widen(turn, measured)).toList());
    }

    private static List<List<TimeRange>> blocks(List<TimeRange> phrases) {
        List<List<TimeRange>> blocks = new ArrayList<>();
        for (TimeRange phrase : phrases) {
            if (!blocks.isEmpty() && whole(blocks.getLast()).gapTo(phrase) < TURN_PAUSE_SECONDS) {
                blocks.getLast().add(phrase);
            } else {
                blocks.add(new ArrayList<>(List.of(phrase)));
            }
        }
        return blocks;
    }

    private static List<List<TimeRange>> joinCalls(List<List<TimeRange>> blocks) {
        List<List<TimeRange>> joined = new ArrayList<>();
        for (List<TimeRange> block : blocks) {
            if (!joined.isEmpty() && isOneCall(joined.getLast(), block)) {
                joined.getLast().addAll(block);
            } else {
                joined.add(block);
            }
        }
        return joined;
    }

    private static boolean isOneCall(List<TimeRange> before, List<TimeRange> after) {
        boolean isShort = Math.min(whole(before).duration(), whole(after).duration()) < SHORTEST_SECONDS;
        return isShort && whole(before).gapTo(whole(after)) < CALL_PAUSE_SECONDS;
    }

    private static void divide(List<TimeRange> phrases, List<TimeRange> turns) {
        TimeRange rest = whole(phrases);
        while (rest.duration() > LONGEST_SECONDS) {
            TimeRange pause = longestPause(phrases, rest);
            turns.add(new TimeRange(rest.start(), pause.start()));
            rest = new TimeRange(pause.end(), rest.end());
        }
        turns.add(rest);
    }

    /** Where {@code speech} is divided so that both sides are long enough; a pause without length when there is none. */
    private static TimeRange longestPause(List<TimeRange> phrases, TimeRange speech) {
        double earliest = speech.start() + DIVIDED_AFTER_SECONDS;
        double latest = Math.min(speech.start() + LONGEST_SECONDS, speech.end() - SHORTEST_SECONDS);
        double even = Math.min(latest, speech.middle());
        TimeRange longest = new TimeRange(even, even);
        for (int index = 1; index < phrases.size(); index++) {
            double start = phrases.get(index - 1).end();
            double end = phrases.get(index).start();
            boolean fits = start >= earliest && start <= latest && end <= speech.end() - SHORTEST_SECONDS;
            if (fits && end - start > longest.duration()) {
                longest = new TimeRange(start, end);
            }
        }
        return longest;
    }

    /** A lone call with as much silence around it as makes it a turn; its neighbours are farther away than that. */
    private static TimeRange widen(TimeRange turn, TimeRange measured) {
        double missing = Math.max(0, SHORTEST_SECONDS - turn.duration());
        double before = Math.min(missing / 2, turn.start() - measured.start());
        double after = Math.min(missing - before, measured.end() - turn.end());
        before = Math.min(missing - after, turn.start() - measured.start());
        return new TimeRange(turn.start() - before, turn.end() + after);
    }

    private static TimeRange whole(List<TimeRange> phrases) {
        return new TimeRange(phrases.getFirst().start(), phrases.getLast().end());
    }
}
