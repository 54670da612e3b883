package tv.tldr.activities.storage;

import java.util.regex.Pattern;

/**
 * Where in the object store? Words of letters, digits, {@code . _ -}, divided by {@code /}; none begins with a dot, so a
 * key can neither leave the store nor meet its temporary names.
 *
 * @param value such as {@code organizations/org_…/streams/stream_…/source}
 */
public record ObjectKey(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final int LONGEST = 512;

    /** Whether it can be a key of ours; others may have put theirs into the same bucket. */
    static boolean isKey(String value) {
        return value.length() <= LONGEST && FORM.matcher(value).matches();
    }

    public ObjectKey {
        if (!isKey(value)) {
            throw new IllegalArgumentException("\"" + value + "\" is not an object key");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
