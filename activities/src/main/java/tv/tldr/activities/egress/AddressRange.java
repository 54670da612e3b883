package tv.tldr.activities.egress;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * Is an address one of a block of one family?
 *
 * @param bits how many leading bits all its addresses share with {@code network}
 */
public record AddressRange(InetAddress network, int bits) {
    private static final String FORM = "must be an address or a block such as 192.0.2.0/24 or 2001:db8::/32";
    private static final int LONGEST = 64;

    /**
     * @param text such as {@code 10.0.0.0/8}, {@code fc00::/7} or one address
     * @throws IllegalArgumentException with what is wrong, in words
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = address(slash < 0 ? text : text.substring(0, slash));
        int most = network.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? most : prefix(text.substring(slash + 1), most);
        AddressRange range = new AddressRange(network, bits);
        if (!range.endsWithZeros()) {
            throw new IllegalArgumentException("has bits behind its prefix of " + bits + "; " + FORM);
        }
        return range;
    }

    /** It alone. */
    static AddressRange of(InetAddress address) {
        return new AddressRange(address, address.getAddress().length * Byte.SIZE);
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
        return contains(address.getAddress());
    }

    /** Whether all addresses of {@code other} are in it. */
    public boolean contains(AddressRange other) {
        return bits <= other.bits && contains(other.network);
    }

    /** @param address 4 or 16 bytes */
    boolean contains(byte[] address) {
        byte[] start = network.getAddress();
        int whole = bits / Byte.SIZE;
        if (address.length != start.length || !Arrays.equals(address, 0, whole, start, 0, whole)) {
            return false;
        }
        int mask = 0xff00 >> bits % Byte.SIZE & 0xff;
        return mask == 0 || (address[whole] & mask) == (start[whole] & mask);
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
