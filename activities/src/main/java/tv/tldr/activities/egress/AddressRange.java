package tv.tldr.activities.egress;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of addresses of one family.
 *
 * @param bits how many leading bits all its addresses share with {@code network}
 */
public record AddressRange(InetAddress network, int bits) {
    /** @param text such as {@code 10.0.0.0/8}, {@code fc00::/7} or one address */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            InetAddress one = InetAddress.ofLiteral(text);
            return new AddressRange(one, one.getAddress().length * Byte.SIZE);
        }
        return new AddressRange(
                InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** @param address 4 or 16 bytes */
    boolean contains(byte[] address) {
        byte[] start = network.getAddress();
        int whole = bits / 8;
        if (address.length != start.length || !Arrays.equals(address, 0, whole, start, 0, whole)) {
            return false;
        }
        int mask = 0xff00 >> bits % 8 & 0xff;
        return mask == 0 || (address[whole] & mask) == (start[whole] & mask);
    }
}
