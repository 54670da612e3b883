package tv.tldr.workflows.scoring;

import static java.util.stream.Collectors.joining;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tv.tldr.workflows.signal.Modality;
import tv.tldr.workflows.signal.Signals;

/**
 * Which senses of a stream count, and are they fused? What is off is measured all the same, since signals serve every
 * analysis, but counts for nothing: the stream is scored as if it had no such sense.
 *
 * @param video whether the picture counts
 * @param audio whether the sound counts, and what is said in it
 * @param chat whether the chat counts
 * @param fusion whether several senses become one score; else each dimension has that of its surest sense alone
 */
public record ProcessingModules(boolean video, boolean audio, boolean chat, boolean fusion) {
    /** Everything counts. */
    public static final ProcessingModules ALL = new ProcessingModules(true, true, true, true);

    /** What a model can be shown. */
    private static final List<Modality> SHOWN = List.of(Modality.VIDEO, Modality.AUDIO);

    public ProcessingModules {
        if (!video && !audio && !chat) {
            throw new IllegalArgumentException("one of video, audio and chat must be analysed: else nothing counts");
        }
    }

    /** What a customer calls the analysis of {@code sense}. */
    public static String wire(Modality sense) {
        return switch (sense) {
            case VIDEO -> "video_analysis";
            case AUDIO -> "audio_analysis";
            case TEXT -> "chat_analysis";
        };
    }

    public boolean counts(Modality sense) {
        return switch (sense) {
            case VIDEO -> video;
            case AUDIO -> audio;
            case TEXT -> chat;
        };
    }

    /** Those that count; at least one. */
    public Set<Modality> senses() {
        Set<Modality> senses = EnumSet.allOf(Modality.class);
        senses.removeIf(sense -> !counts(sense));
        return senses;
    }

    /**
     * Whether a model may be shown anything by which what shows by {@code modalities} can be noticed. It hears words in the
     * sound; it is not shown the chat.
     */
    boolean shows(Set<Modality> modalities) {
        return modalities.stream().anyMatch(sense -> sense == Modality.VIDEO ? video : audio);
    }

    /** Whether a model is shown the same of {@code source} by both. */
    public boolean showsAsMuchAs(ProcessingModules other, Signals source) {
        return SHOWN.stream().filter(source::has).allMatch(sense -> counts(sense) == other.counts(sense));
    }

    /** Whether a model may be shown anything of {@code source}. Of one without signals that is not known. */
    public boolean showsAnythingOf(Signals source) {
        List<Modality> there = SHOWN.stream().filter(source::has).toList();
        return (video || audio) && (there.isEmpty() || there.stream().anyMatch(this::counts));
    }

    /** How senses are fused that {@code wanted} would fuse. */
    Fusion fusing(Fusion wanted) {
        return fusion ? wanted : Fusion.of(FusionStrategy.MAX_CONFIDENCE);
    }

    /** What of {@code source} is left out, in a sentence behind another one; empty when nothing is. */
    public String leftOut(Signals source) {
        String senses = Stream.of(Modality.values())
                .filter(sense -> !counts(sense) && source.has(sense))
                .map(sense -> "its " + Wording.noun(sense) + " (" + wire(sense) + ")")
                .collect(joining(" and "));
        return senses.isEmpty() ? "" : " The processing modules leave out " + senses + ".";
    }
}
