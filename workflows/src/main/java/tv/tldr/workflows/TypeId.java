package tv.tldr.workflows;

import java.util.Locale;
import java.util.UUID;

/**
 * How is a UUID written as a typed, sortable identifier such as {@code stream_01h455vb4pex5vsknk084sn02q}?
 *
 * <p>The text form is TypeID 0.3: a lower-case prefix, an underscore and the 128 bits in 26 characters of Crockford's
 * base 32. Sorting the texts sorts the UUIDs, which for version 7 is the order of creation.
 */
public final class TypeId {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;

    private TypeId() {}

    /** The text of {@code uuid} under {@code prefix}. */
    public static String format(String prefix, UUID uuid) {
        char[] text = new char[LENGTH];
        long high = uuid.getMostSignificantBits();
        long low = uuid.getLeastSignificantBits();
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (low & 31));
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return prefix + "_" + new String(text);
    }

    /**
     * The UUID behind {@code text}.
     *
     * @throws IllegalArgumentException when the prefix is another one or the rest is not 26 characters of base 32
     */
    public static UUID parse(String prefix, String text) {
        String body = text.startsWith(prefix + "_") ? text.substring(prefix.length() + 1) : "";
        if (body.length() != LENGTH || body.charAt(0) > '7') {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "\"%s\" is not an id of the form %s_…", text, prefix));
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit = ALPHABET.indexOf(body.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "\"%s\" is not an id of the form %s_…", text, prefix));
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | digit;
        }
        return new UUID(high, low);
    }

    /**
     * A version 7 UUID (RFC 9562) from a clock and random bits that the caller supplies, so that workflow code can make
     * one deterministically.
     *
     * @param epochMillis milliseconds since the epoch
     * @param randomHigh source of the 12 bits behind the version
     * @param randomLow source of the 62 bits behind the variant
     */
    public static UUID version7(long epochMillis, long randomHigh, long randomLow) {
        long high = (epochMillis << 16) | 0x7000L | (randomHigh & 0xfffL);
        long low = (randomLow & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
