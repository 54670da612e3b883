package tv.tldr.activities.media.signal;

import tv.tldr.workflows.signal.SignalKind;

/** Into which parts is the sound divided by height? */
enum Band {
    BASS(SignalKind.BAND_BASS, 30, 200),
    LOW_MID(SignalKind.BAND_LOW_MID, 200, 800),
    HIGH_MID(SignalKind.BAND_HIGH_MID, 800, 3000),
    TREBLE(SignalKind.BAND_TREBLE, 3000, 8000.1);

    private final SignalKind kind;
    private final int firstBin;
    private final int endBin;

    /** @param from Hz; below 30 Hz stands only what a microphone's offset leaves */
    Band(SignalKind kind, double from, double to) {
        this.kind = kind;
        this.firstBin = (int) Math.ceil(from / Spectra.BIN);
        this.endBin = (int) Math.ceil(to / Spectra.BIN);
    }

    SignalKind kind() {
        return kind;
    }

    /** Mean square of the samples in this band. */
    float of(float[] power) {
        double sum = 0;
        for (int bin = firstBin; bin < endBin; bin++) {
            sum += power[bin];
        }
        return (float) sum;
    }
}
