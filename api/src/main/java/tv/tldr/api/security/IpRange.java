package tv.tldr.api.security;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tv.tldr.api.http.Fields;

/**
 * Is an address one of a block?
 *
 * @param bits how many leading bits all its addresses share with {@code network}
 */
public record IpRange(InetAddress network, int bits) {
    private static final String FORM = "must be an address or a block such as 192.0.2.0/24 or 2001:db8::/32";
    private static final int LONGEST = 64;
    private static final int MOST = 50;

    /** @throws IllegalArgumentException with what is wrong, in words */
    public static IpRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = address(slash < 0 ? text : text.substring(0, slash));
        int most = network.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? most : prefix(text.substring(slash + 1), most);
        IpRange range = new IpRange(network, bits);
        if (!range.endsWithZeros()) {
            throw new IllegalArgumentException("has bits behind its prefix of " + bits + "; " + FORM);
        }
        return range;
    }

    /** Some ranges in a request's field, each once, as they are stored; faults are noted there. */
    public static List<String> read(Fields body, String name) {
        List<String> given = body.texts(name, MOST, LONGEST).orElse(List.of());
        Set<String> ranges = new LinkedHashSet<>();
        for (int i = 0; i < given.size(); i++) {
            try {
                ranges.add(parse(given.get(i)).toString());
            } catch (IllegalArgumentException e) {
                body.refuse(name + "[" + i + "]", String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(ranges);
    }

    private static InetAddress address(String text) {
        // The literal parser also takes forms such as 10.1 or 0177.0.0.1, which not everybody reads alike.
        boolean plain = text.length() <= LONGEST
                && (text.indexOf(':') >= 0
                        ? text.matches("[0-9A-Fa-f:.]+")
                        : text.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}"));
        if (!plain) {
            throw new IllegalArgumentException(FORM);
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FORM, e);
        }
    }

    private static int prefix(String text, int most) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(FORM);
        }
        return Integer.parseInt(text);
    }

    private boolean endsWithZeros() {
        byte[] bytes = network.getAddress();
        for (int bit = bits; bit < bytes.length * Byte.SIZE; bit++) {
            if (bit(bytes, bit)) {
                return false;
            }
        }
        return true;
    }

    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (bit(ours, bit) != bit(theirs, bit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean bit(byte[] bytes, int index) {
        return (bytes[index / Byte.SIZE] & (0x80 >> index % Byte.SIZE)) != 0;
    }

    /** As it is stored and shown. */
    @Override
    public String toString() {
        return network.getHostAddress() + "/" + bits;
    }
}
