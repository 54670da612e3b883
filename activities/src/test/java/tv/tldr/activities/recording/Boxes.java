package tv.tldr.activities.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Changes the boxes of an MP4 whose index comes last, so that nothing else moves. */
final class Boxes {
    private static final Set<String> CONTAINERS =
            Set.of("moov", "trak", "mdia", "minf", "dinf", "stbl", "edts", "udta", "mvex");

    private Boxes() {}

    static byte[] box(String type, byte[] body) {
        return ByteBuffer.allocate(8 + body.length)
                .putInt(8 + body.length)
                .put(type.getBytes(ISO_8859_1))
                .put(body)
                .array();
    }

    /** The same with the bodies of all boxes of {@code type} changed. */
    static byte[] edit(byte[] boxes, String type, UnaryOperator<byte[]> change) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at + 8 <= boxes.length; ) {
            int size = ByteBuffer.wrap(boxes).getInt(at);
            String name = new String(boxes, at + 4, 4, ISO_8859_1);
            byte[] body = Arrays.copyOfRange(boxes, at + 8, at + size);
            byte[] inner = CONTAINERS.contains(name) ? edit(body, type, change) : body;
            out.writeBytes(box(name, name.equals(type) ? change.apply(inner) : inner));
            at += size;
        }
        return out.toByteArray();
    }

    /** The first box of {@code type} among these, whole. */
    static byte[] first(byte[] boxes, String type) {
        for (int at = 0; ; at += ByteBuffer.wrap(boxes).getInt(at)) {
            if (new String(boxes, at + 4, 4, ISO_8859_1).equals(type)) {
                return Arrays.copyOfRange(boxes, at, at + ByteBuffer.wrap(boxes).getInt(at));
            }
        }
    }
}
