package tv.tldr.workflows.transcript;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tv.tldr.workflows.stream.TimeRange;

/**
 * A stretch of stream time that a model is told by its number, so that it never has to tell a time.
 *
 * @param number 1 for the first of its list, and so on by time
 * @param range where it is, by our own measurement
 */
public record NumberedWindow(int number, TimeRange range) {
    public NumberedWindow {
        if (number < 1) {
            throw new IllegalArgumentException("windows are numbered from 1, not " + number);
        }
    }

    /** {@code ranges}, which ascend, numbered from 1. */
    static List<NumberedWindow> number(List<TimeRange> ranges) {
        return IntStream.range(0, ranges.size())
                .mapToObj(index -> new NumberedWindow(index + 1, ranges.get(index)))
                .toList();
    }

    /** The one of {@code windows}, numbered from 1 on, that a model means by {@code number}; empty when it made that up. */
    public static Optional<NumberedWindow> find(List<NumberedWindow> windows, int number) {
        return number >= 1 && number <= windows.size() ? Optional.of(windows.get(number - 1)) : Optional.empty();
    }
}
