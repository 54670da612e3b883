package tv.tldr.workflows.selection;

import tv.tldr.workflows.scoring.HighlightType;
import tv.tldr.workflows.signal.Marker;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.wakeword.CalledMoment;

/** Who points at a moment: somebody in the stream by voice, or somebody outside of it by a marker? */
sealed interface Call {
    /** Stream time in which the moment lies. */
    TimeRange range();

    /** When it was pointed at, seconds of the stream. */
    double at();

    /** How sure it makes that there is a moment, 0–1. */
    double sureness();

    /** The stream time in which a measured passage is what was meant. */
    TimeRange seen();

    /** What a moment is called that nothing else makes one. */
    String type();

    /** The second of {@link #at}. */
    default int second() {
        return (int) at();
    }

    /** A wake word was heard. What comes after the call is the next moment. */
    record Spoken(CalledMoment moment) implements Call {
        @Override
        public TimeRange range() {
            return moment.range();
        }

        @Override
        public double at() {
            return moment.hits().getFirst().range().start();
        }

        @Override
        public double sureness() {
            return moment.confidence();
        }

        @Override
        public TimeRange seen() {
            return new TimeRange(range().start(), second() + 1.0);
        }

        @Override
        public String type() {
            return HighlightType.WAKE_WORD;
        }
    }

    /** A marker was posted. Its lag says how far after it the moment reaches. */
    record Marked(Marker marker, TimeRange range) implements Call {
        @Override
        public double at() {
            return marker.time();
        }

        @Override
        public double sureness() {
            return marker.weight();
        }

        @Override
        public TimeRange seen() {
            return new TimeRange(range.start(), Math.max(range.end(), second() + 1.0));
        }

        @Override
        public String type() {
            return HighlightType.MARKER;
        }
    }
}
