package tv.tldr.api.streams;

/** By what can streams be sorted? By what never changes, so that no page misses one. */
enum StreamSort {
    CREATED_AT
}
