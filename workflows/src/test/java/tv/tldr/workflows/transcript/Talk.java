package tv.tldr.workflows.transcript;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tv.tldr.workflows.signal.MadeSignals;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;

/** Signals of people who talk, made by hand or by chance. */
final class Talk {
    private final MadeSignals made;

    private Talk(int seconds) {
        made = MadeSignals.flat(seconds);
    }

    static Talk of(int seconds) {
        return new Talk(seconds);
    }

    /** Speech in the seconds from {@code from} to before {@code to}. */
    Talk speech(int from, int to) {
        made.more(SignalKind.SPEECH, from, to, 0.7);
        return this;
    }

    Talk pause(double start, double end) {
        made.pause(start, end);
        return this;
    }

    Signals signals() {
        return made.signals();
    }

    static Arbitrary<Signals> anything() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 200),
                        Arbitraries.doubles().between(0, 1).list().ofSize(200),
                        Arbitraries.doubles().between(0, 195).list().ofMaxSize(60),
                        Arbitraries.doubles().between(0.25, 4).list().ofSize(60),
                        Arbitraries.doubles().between(0.05, 0.95))
                .as((seconds, chances, starts, lengths, quiet) -> {
                    Talk talk = of(seconds);
                    for (int second = 0; second < seconds; second++) {
                        if (chances.get(second) > quiet) {
                            talk.speech(second, second + 1);
                        }
                    }
                    for (int index = 0; index < starts.size(); index++) {
                        double start = starts.get(index);
                        double end = Math.min(seconds, start + lengths.get(index));
                        if (start < end) {
                            talk.pause(start, end);
                        }
                    }
                    return talk.signals();
                });
    }
}
