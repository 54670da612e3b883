package tv.tldr.workflows.transcript;

import tv.tldr.workflows.stream.TimeRange;

/** Where does a model say that a line is spoken? Numbers are better than times: it invents the latter. */
public sealed interface Whereabouts {
    /**
     * In a speech turn.
     *
     * @param number of the turn; one that was never shown has no place
     */
    record InTurn(int number) implements Whereabouts {}

    /**
     * In a shot.
     *
     * @param number of the shot; one that was never shown has no place
     */
    record InShot(int number) implements Whereabouts {}

    /**
     * At about this time.
     *
     * @param range stream time, as told: right to a second or two at best
     */
    record Roughly(TimeRange range) implements Whereabouts {}
}
