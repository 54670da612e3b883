package tv.tldr.workflows.scoring;

import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.SignalKind;

/** How is a contribution said in words? */
final class Wording {
    private Wording() {}

    static Contribution contribution(Term term, double value, double weight) {
        double contribution = value * weight;
        String direction = value < 0 ? " deviations below" : " deviations above";
        String text = what(term)
                + " "
                + decimals(Math.abs(value), 10)
                + direction
                + " this stream's usual ("
                + (contribution < 0 ? "-" : "+")
                + decimals(Math.abs(contribution), 100)
                + ")";
        return new Contribution(term.feature(), value, weight, contribution, text);
    }

    static Contribution usual(double evidence) {
        return new Contribution("usual", 1, evidence, evidence, "where the usual second of this stream is");
    }

    static Contribution unscored(Dimension dimension, ProcessingModules modules) {
        String why = !dimension.canBeScoredByRules()
                ? "signals tell nothing of it"
                : dimension.canBeScoredByRules(modules)
                        ? "none of the signals that tell of it was measured or counts here"
                        : "the senses whose signals tell of it are off";
        String model = dimension.preferRules() || dimension.isAskedAbout(modules)
                ? "the model did not score it"
                : "the model is not asked about it, since it is shown none of the senses by which it shows";
        return new Contribution("unscored", 0, 0, 0, "not scored: " + why + ", and " + model);
    }

    static Contribution off(Modality sense) {
        String module = ProcessingModules.wire(sense);
        return new Contribution(module, 0, 0, 0, noun(sense) + " not counted: " + module + " is off");
    }

    static Contribution surpassed(Term term) {
        return new Contribution(
                term.feature(),
                0,
                0,
                0,
                what(term) + " not counted: multimodal_fusion is off, and another sense is surer");
    }

    static Contribution notMeasured(Term term) {
        return new Contribution(term.feature(), 0, 0, 0, what(term) + " not measured");
    }

    /** The model's part: by how much its score is above what the rules have as the usual one. */
    static Contribution model(Dimension dimension, double score, double usual, double weight, String reason) {
        double contribution = weight * (score - usual);
        String text = "the model scores " + dimension.id() + " " + decimals(score, 100)
                + (reason.isBlank() ? "" : ": " + reason)
                + " ("
                + (contribution < 0 ? "-" : "+")
                + decimals(Math.abs(contribution), 100)
                + ")";
        return new Contribution("model." + dimension.id(), score - usual, weight, contribution, text);
    }

    static Contribution notHeard(Term term, FusionStrategy strategy) {
        return new Contribution(term.feature(), 0, 0, 0, what(term) + " not counted: fusion by " + strategy.wire());
    }

    private static String what(Term term) {
        return noun(term.signal()) + " (" + term.scale() + " s)";
    }

    /** Rounded half up; {@code String.format} would take most of the time of a long stream's selection. */
    private static String decimals(double value, int ofOne) {
        long rounded = Math.round(value * ofOne);
        String fraction = Long.toString(ofOne + rounded % ofOne).substring(1);
        return rounded / ofOne + "." + fraction;
    }

    static String noun(Modality sense) {
        return switch (sense) {
            case VIDEO -> "picture";
            case AUDIO -> "sound";
            case TEXT -> "chat";
        };
    }

    private static String noun(SignalKind signal) {
        return switch (signal) {
            case LOUDNESS -> "loudness";
            case BAND_BASS -> "bass";
            case BAND_LOW_MID -> "low mid sound";
            case BAND_HIGH_MID -> "high mid sound";
            case BAND_TREBLE -> "treble";
            case ONSETS -> "sound onsets";
            case SPECTRAL_CENTROID -> "pitch of the sound";
            case SPECTRAL_FLATNESS -> "noisiness";
            case SPEECH -> "speech";
            case CROWD -> "crowd noise";
            case MUSIC -> "music";
            case SILENCE -> "silence";
            case INTER_BYTES -> "bytes of moving picture";
            case KEY_BYTES -> "detail of the picture";
            case FRAME_BYTES_SPREAD -> "bursts of movement";
            case MOTION -> "motion";
            case CUTS -> "cuts";
            case BRIGHTNESS -> "brightness";
            case SATURATION -> "colour";
            case FLASH -> "flashes";
            case CHANGE -> "change of picture";
            case STILLNESS -> "stillness";
            case BLACK -> "black picture";
        };
    }
}
