package tv.tldr.activities.speech;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vosk.LibVosk;
import org.vosk.LogLevel;
import org.vosk.Model;
import org.vosk.Recognizer;

/** Vosk with the model in a folder, which is loaded when it is first needed and then kept. */
final class VoskRecognizer implements SpeechRecognizer {
    /** A quarter of a second: what is cancelled ends after the next one. */
    private static final int CHUNK_BYTES = RATE / 4 * 2;

    private final Path folder;
    private @Nullable Model model;

    VoskRecognizer(Path folder) {
        this.folder = folder;
    }

    @Override
    public void prepare(Runnable heartbeat) {
        LongCall.await("speech-model", this::model, heartbeat);
    }

    @Override
    public List<SpokenWord> hear(Path samples, Runnable heartbeat) {
        return LongCall.await("speech-recognizer", () -> hear(model(), samples), heartbeat);
    }

    private static List<SpokenWord> hear(Model model, Path samples) throws IOException, InterruptedException {
        List<SpokenWord> words = new ArrayList<>();
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream sound = Files.newInputStream(samples);
                Recognizer recognizer = new Recognizer(model, RATE)) {
            recognizer.setWords(true);
            for (int read = sound.readNBytes(chunk, 0, chunk.length); read > 0; ) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("nobody waits for it any more");
                }
                if (recognizer.acceptWaveForm(chunk, read)) {
                    words.addAll(VoskAnswer.words(recognizer.getResult()));
                }
                read = sound.readNBytes(chunk, 0, chunk.length);
            }
            words.addAll(VoskAnswer.words(recognizer.getFinalResult()));
        }
        return words;
    }

    private synchronized Model model() {
        if (model == null) {
            model = load();
        }
        return model;
    }

    private Model load() {
        if (!VoskLibrary.isModel(folder)) {
            throw new IllegalStateException("VOSK_MODEL_PATH is no folder with a Vosk model: it has no am/final.mdl");
        }
        try {
            LibVosk.setLogLevel(LogLevel.WARNINGS);
            return new Model(folder.toString());
        } catch (IOException e) {
            throw new IllegalStateException("the speech model in VOSK_MODEL_PATH cannot be loaded: fetch it again", e);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new IllegalStateException("Vosk does not run on this machine: unset VOSK_MODEL_PATH", e);
        }
    }
}
