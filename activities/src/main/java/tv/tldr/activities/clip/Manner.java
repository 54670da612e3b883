package tv.tldr.activities.clip;

/** How are a recording's frames and samples taken over into a clip? From the best to what damaged media leaves. */
enum Manner {
    /** Each frame once, at its own time. Right wherever frames come evenly; shows by a late start that some are missing. */
    FAITHFUL,
    /**
     * A constant frame rate: where no new frame comes, the last one is shown on, also from before the clip; where there
     * is no sound, there is silence. For uneven frame rates, pictures that stand for seconds, and gaps.
     */
    GAPS_FILLED,
    /** The sound alone, when no frame can be decoded. */
    SOUND_ALONE
}
