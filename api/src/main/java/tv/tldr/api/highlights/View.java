package tv.tldr.api.highlights;

/** How much of each highlight does a list show? After AIP-157: a page of twenty is read by people far more often than by auditors. */
enum View {
    /** All but the numbers behind its scores. */
    BASIC,
    /** As the highlight alone is answered. */
    FULL
}
