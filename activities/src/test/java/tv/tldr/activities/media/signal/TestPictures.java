package tv.tldr.activities.media.signal;

import java.util.Arrays;

/** Makes small pictures for tests: each of one shade, or half of one and half of another. */
final class TestPictures {
    private TestPictures() {}

    /** @param greys a shade from 0 to 255 for each time */
    static Pictures greys(double[] times, int... greys) {
        byte[] data = new byte[times.length * Pictures.BYTES];
        for (int i = 0; i < times.length; i++) {
            Arrays.fill(data, i * Pictures.BYTES, (i + 1) * Pictures.BYTES, (byte) greys[i]);
        }
        return new Pictures(times, data);
    }

    static Pictures colour(int red, int green, int blue) {
        byte[] data = new byte[Pictures.BYTES];
        for (int i = 0; i < data.length; i += 3) {
            data[i] = (byte) red;
            data[i + 1] = (byte) green;
            data[i + 2] = (byte) blue;
        }
        return new Pictures(new double[] {0}, data);
    }
}
