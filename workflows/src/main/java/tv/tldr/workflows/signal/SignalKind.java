package tv.tldr.workflows.signal;

import java.util.Locale;

/**
 * What is measured each second. The unit stands with each kind; a second without a value is {@link Float#NaN} (no audio, no
 * video, or nothing to measure).
 */
public enum SignalKind {
    /** Momentary loudness (EBU R128, 400 ms), the loudest of the second, LUFS. */
    LOUDNESS(Modality.AUDIO),
    /** RMS level below 200 Hz, dBFS. */
    BAND_BASS(Modality.AUDIO),
    /** RMS level from 200 Hz to 800 Hz, dBFS. */
    BAND_LOW_MID(Modality.AUDIO),
    /** RMS level from 800 Hz to 3 kHz, dBFS. */
    BAND_HIGH_MID(Modality.AUDIO),
    /** RMS level above 3 kHz, dBFS. */
    BAND_TREBLE(Modality.AUDIO),
    /** Sum of the rises of the four bands from one 50 ms step to the next, dB per second. */
    ONSETS(Modality.AUDIO),
    /** Centre of gravity of the spectrum, Hz. */
    SPECTRAL_CENTROID(Modality.AUDIO),
    /** Noise-likeness of the spectrum: 0 a tone, 1 white noise. */
    SPECTRAL_FLATNESS(Modality.AUDIO),
    /** How much of the second sounds like speech, 0–1: syllabic modulation of the speech band. */
    SPEECH(Modality.AUDIO),
    /** How much of the second sounds like a crowd, 0–1: loud, noise-like, little modulated. */
    CROWD(Modality.AUDIO),
    /** How much of the second sounds like music, 0–1: tonal and steady. */
    MUSIC(Modality.AUDIO),
    /** Part of the second that is silent, 0–1. */
    SILENCE(Modality.AUDIO),
    /** Bytes of the frames between keyframes. */
    INTER_BYTES(Modality.VIDEO),
    /** Mean size of a keyframe, bytes, carried over the seconds until the next one. */
    KEY_BYTES(Modality.VIDEO),
    /** Unevenness of the frame sizes within the second: standard deviation over mean. */
    FRAME_BYTES_SPREAD(Modality.VIDEO),
    /** Motion: inter-frame bytes of the second, relative to a keyframe of the same picture; thorough: picture difference. */
    MOTION(Modality.VIDEO),
    /** Number of cuts. */
    CUTS(Modality.VIDEO),
    /** Mean luma, 0–1. */
    BRIGHTNESS(Modality.VIDEO),
    /** Mean colour saturation, 0–1. */
    SATURATION(Modality.VIDEO),
    /** Rise of brightness against the picture before, 0–1. */
    FLASH(Modality.VIDEO),
    /** Difference from the picture before, 0–1. */
    CHANGE(Modality.VIDEO),
    /** How still the picture stands, 0–1. */
    STILLNESS(Modality.VIDEO),
    /** How black the picture is: part of the second, 0–1. */
    BLACK(Modality.VIDEO);

    private final Modality modality;
    private final String wire;

    SignalKind(Modality modality) {
        this.modality = modality;
        this.wire = name().toLowerCase(Locale.ROOT);
    }

    /** Where it is read from. */
    public Modality modality() {
        return modality;
    }

    /** The word on the wire, lower case. */
    public String wire() {
        return wire;
    }
}
