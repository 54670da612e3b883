package tv.tldr.activities.storage;

/** What is done with an object that FFmpeg reads. */
@FunctionalInterface
public interface ObjectUse<T, E extends Exception> {
    T with(MediaInput input) throws E;
}
