package tv.tldr.activities.storage;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * How does FFmpeg open a stored object? With the guards that keep a hostile file from reading anything else: only the
 * protocol that its content comes by, and only containers that hold media themselves. Playlists (hls, dash, concat), pictures
 * (image2, png_pipe) and network formats are not among them, so a playlist named {@code x.mp4} is refused.
 *
 * @param address a file of this machine, or what {@link ObjectDoor} opens
 */
public record MediaInput(URI address) {
    private static final String FORMATS = String.join(
            ",",
            "mov",
            "matroska",
            "mpegts",
            "mpeg",
            "flv",
            "avi",
            "asf",
            "mxf",
            "wtv",
            "ivf",
            "mp3",
            "aac",
            "ogg",
            "wav",
            "w64",
            "flac",
            "aiff",
            "caf",
            "au",
            "amr",
            "ac3",
            "eac3",
            "dts",
            "wv",
            "ape",
            "tta",
            "opus");
    /** 8K: no ordinary recording is larger, and a picture bomb is refused before it is decoded. */
    public static final int MOST_PIXELS = 7680 * 4320;
    /** A broadcaster's multiplex has some dozens; each costs memory before anything is read. */
    private static final int MOST_STREAMS = 100;
    /** Bytes in one block: more than the index of a 12-hour MP4 needs, and too little to hurt. */
    private static final int LARGEST_BLOCK = 512 * 1024 * 1024;

    /** @param file absolute path */
    public MediaInput(Path file) {
        this(absolute(file).toUri());
    }

    private static Path absolute(Path file) {
        if (!file.isAbsolute()) {
            throw new IllegalArgumentException("FFmpeg runs in another folder: " + file + " must be absolute");
        }
        return file;
    }

    /** The file of an input that is one. */
    public Path file() {
        return Path.of(address);
    }

    /** Everything up to and with {@code -i FILE}; options of the input, such as {@code -ss}, go before these. */
    public List<String> arguments() {
        boolean isFile = "file".equals(address.getScheme());
        return List.of(
                "-max_streams",
                Integer.toString(MOST_STREAMS),
                "-max_alloc",
                Integer.toString(LARGEST_BLOCK),
                "-max_pixels",
                Integer.toString(MOST_PIXELS),
                "-protocol_whitelist",
                isFile ? "file" : "http,tcp",
                "-format_whitelist",
                FORMATS,
                "-i",
                isFile ? "file:" + file() : address.toString());
    }
}
