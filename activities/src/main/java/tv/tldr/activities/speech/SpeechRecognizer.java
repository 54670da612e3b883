package tv.tldr.activities.speech;

import java.nio.file.Path;
import java.util.List;

/** Hears words in sound, on this machine. */
public interface SpeechRecognizer {
    /** Samples a second of the sound that it listens to. */
    int RATE = 16_000;

    /**
     * Makes it ready, which takes seconds the first time.
     *
     * @param heartbeat called twice a second; what it throws ends the wait
     * @throws IllegalStateException with the remedy, when it cannot be made ready
     */
    void prepare(Runnable heartbeat);

    /**
     * The words in {@code samples}, ascending, with their times in it.
     *
     * @param samples a file of 16-bit little-endian samples of one channel, {@value #RATE} a second
     * @param heartbeat called twice a second; what it throws ends the listening
     */
    List<SpokenWord> hear(Path samples, Runnable heartbeat);
}
