package tv.tldr.activities.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import tv.tldr.activities.media.TestMedia;

/**
 * Files for which a careless program reads other files, opens connections, fills the memory or never ends: texts that name
 * others, containers that refer to others, headers that lie about sizes, and bombs.
 */
final class HostileMedia {
    private static final int MANY = 5000;

    private final Path folder;
    private final Path into;
    private final Path secret;
    private final String canary;
    private final List<Medium> all = new ArrayList<>();

    private HostileMedia(Path folder, Path into, Path secret, int canary) {
        this.folder = folder;
        this.into = into;
        this.secret = secret;
        this.canary = "http://127.0.0.1:" + canary + "/a.ts";
    }

    /** What becomes of it? */
    enum Fate {
        /** It is no recording. */
        REFUSED,
        /** Its picture and sound are a recording like any other; the rest of it does nothing. */
        HARMLESS
    }

    /** @param family what is hostile about it */
    record Medium(String family, String name, Path file, Fate fate) {
        @Override
        public String toString() {
            return family + ": " + name;
        }
    }

    /**
     * All of them.
     *
     * @param folder for the videos that they are made of
     * @param into where they are written
     * @param secret a file that none of them may read
     * @param canary the port that none of them may reach
     */
    static List<Medium> all(Path folder, Path into, Path secret, int canary) throws IOException {
        HostileMedia media = new HostileMedia(folder, into, secret, canary);
        media.playlists();
        media.otherTexts();
        media.mp4();
        media.matroska();
        media.pictures();
        media.others();
        return List.copyOf(media.all);
    }

    private void playlists() throws IOException {
        String head = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:2,\n";
        String end = "\n#EXT-X-ENDLIST\n";
        text("playlists", "hls-file.mp4", head + secret + end);
        text("playlists", "hls-file-url.mp4", head + "file://" + secret + end);
        text("playlists", "hls-http.mp4", head + canary + end);
        text("playlists", "hls-behind-a-mark.mp4", "\ufeff" + head + canary + end);
        text("playlists", "hls-behind-lines.mp4", "\n\n" + head + canary + end);
        text("playlists", "hls-behind-a-zero.mp4", "\0" + head + canary + end);
        text("playlists", "hls-with-a-zero-behind.mp4", head + canary + end + "\0\0\0\0");
        text(
                "playlists",
                "hls-key.mp4",
                head.replace("#EXTINF", "#EXT-X-KEY:METHOD=AES-128,URI=\"" + canary + "\"\n#EXTINF") + secret + end);
        text(
                "playlists",
                "hls-map.mp4",
                head.replace("#EXTINF", "#EXT-X-MAP:URI=\"" + canary + "\"\n#EXTINF") + secret + end);
        text("playlists", "hls-variant.mkv", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + canary + "\n");
        text("playlists", "hls-of-itself.mp4", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhls-of-itself.mp4\n");
        text("playlists", "hls-without-end.mp4", head.replace("#EXT-X-PLAYLIST-TYPE:VOD\n", "") + canary + "\n");
        text("playlists", "hls-subfile.ts", head + "subfile,,start,0,end,9,,:" + secret + end);
        text("playlists", "hls-concat.ts", head + "concat:" + secret + "|" + secret + end);
        text("playlists", "hls-data.webm", head + "data:text/plain;base64,AAAA" + end);
        text("playlists", "hls-pipe.mov", head + "pipe:0" + end);
        text("playlists", "ffconcat-file.mp4", "ffconcat version 1.0\nfile '" + secret + "'\n");
        text(
                "playlists",
                "ffconcat-http.mp4",
                "ffconcat version 1.0\nfile '" + canary + "'\noption protocol_whitelist http,tcp\n");
        text("playlists", "ffconcat-behind-a-zero.mp4", "\0ffconcat version 1.0\nfile '" + secret + "'\n");
        text("playlists", "m3u.mp3", "#EXTINF:1,a\n" + canary + "\n" + secret + "\n");
        text("playlists", "pls.mp3", "[playlist]\nNumberOfEntries=1\nFile1=" + canary + "\n");
        text(
                "playlists",
                "xspf.mp4",
                "<?xml version=\"1.0\"?><playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\"><trackList><track><location>"
                        + canary + "</location></track></trackList></playlist>");
        text(
                "playlists",
                "dash.mp4",
                "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\""
                        + " mediaPresentationDuration=\"PT4S\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\">"
                        + "<BaseURL>" + canary + "</BaseURL></Representation></AdaptationSet></Period></MPD>");
        text(
                "playlists",
                "smooth.ismv",
                "<?xml version=\"1.0\"?><SmoothStreamingMedia MajorVersion=\"2\" Duration=\"1\"><StreamIndex Url=\""
                        + canary + "\"/></SmoothStreamingMedia>");
        text("playlists", "asx.wmv", "<asx version=\"3.0\"><entry><ref href=\"" + canary + "\"/></entry></asx>");
        text("playlists", "ram.rm", canary + "\nfile://" + secret + "\n");
    }

    private void otherTexts() throws IOException {
        text(
                "other texts",
                "smil.mp4",
                "<smil><body><video src=\"" + canary + "\"/><video src=\"" + secret + "\"/></body></smil>");
        text(
                "other texts",
                "sdp.mp4",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=a\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n");
        text("other texts", "rtsptext.mov", "rtsptext\nrtsp://127.0.0.1/a\n");
        text("other texts", "shortcut.mp4", "[InternetShortcut]\nURL=" + canary + "\n");
        text(
                "other texts",
                "svg.mp4",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><image xlink:href=\""
                        + canary + "\"/><image xlink:href=\"file://" + secret + "\"/></svg>");
        text(
                "other texts",
                "entities.mp4",
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file://" + secret + "\">]><MPD>&b;</MPD>");
        text("other texts", "subtitles.srt.mp4", "1\n00:00:00,000 --> 00:00:01,000\n<img src=\"" + canary + "\">\n");
        text(
                "other texts",
                "subtitles.ass.mkv",
                "[Script Info]\nScriptType: v4.00+\n[Fonts]\nfontname: " + secret
                        + "\n[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,,,0,0,0,,a\n");
        text(
                "other texts",
                "subtitles.vtt.webm",
                "WEBVTT\n\nSTYLE\n::cue{background:url(" + canary + ")}\n\n00:00.000 --> 00:01.000\na\n");
        text("other texts", "avisynth.avi", "import(\"" + secret + "\")\nDirectShowSource(\"" + canary + "\")\n");
        text("other texts", "console.mp4", "\u001b[2J\u001b[31m" + "a terminal's picture ".repeat(200));
        text("other texts", "graph.mp4", "movie=" + secret + "\n");
        text("other texts", "options.mp4", "-i\n" + secret + "\n-f\nnull\n-\n");
        text("other texts", "metadata.mp4", ";FFMETADATA1\ntitle=" + secret + "\n");
        add("other texts", "nothing.mp4", new byte[0], Fate.REFUSED);
        add("other texts", "a-zero.mp4", new byte[1], Fate.REFUSED);
        add("other texts", "zeros.mp4", new byte[1 << 20], Fate.REFUSED);
    }

    private void mp4() throws IOException {
        byte[] video = Files.readAllBytes(TestMedia.video(folder, "v.mp4", 2));
        byte[] reference = join(int32(0), ascii(canary), new byte[1]);
        add(
                "MP4",
                "dref-url.mp4",
                Boxes.edit(video, "dref", _ -> join(int32(0), int32(1), Boxes.box("url ", reference))),
                Fate.HARMLESS);
        add(
                "MP4",
                "dref-file.mp4",
                Boxes.edit(
                        video,
                        "dref",
                        _ -> join(
                                int32(0),
                                int32(1),
                                Boxes.box("url ", join(int32(0), ascii("file://" + secret), new byte[1])))),
                Fate.HARMLESS);
        add(
                "MP4",
                "dref-alias.mov",
                Boxes.edit(video, "dref", _ -> join(int32(0), int32(1), Boxes.box("alis", alias()))),
                Fate.REFUSED);
        add(
                "MP4",
                "movie-of-references.mov",
                Boxes.box(
                        "moov",
                        Boxes.box(
                                "rmra",
                                Boxes.box(
                                        "rmda",
                                        Boxes.box(
                                                "rdrf",
                                                join(
                                                        int32(0),
                                                        ascii("url "),
                                                        int32(canary.length()),
                                                        ascii(canary)))))),
                Fate.REFUSED);
        add(
                "MP4",
                "compressed-header.mov",
                Boxes.box(
                        "moov",
                        Boxes.box(
                                "cmov",
                                join(
                                        Boxes.box("dcom", ascii("zlib")),
                                        Boxes.box("cmvd", join(int32(0x7fffffff), deflated(64 << 20)))))),
                Fate.REFUSED);
        add(
                "MP4",
                "huge-picture.mp4",
                Boxes.edit(video, "stsd", stsd -> isVideo(stsd) ? put(put(stsd, 40, -1), 42, -1) : stsd),
                Fate.HARMLESS);
        add("MP4", "huge-picture-in-the-stream.mp4", largePicture("mp4"), Fate.REFUSED);
        add(
                "MP4",
                "times-without-end.mp4",
                Boxes.edit(video, "stts", stts -> join(int32(0), int32(1), int32(-1), int32(-1))),
                Fate.HARMLESS);
        add(
                "MP4",
                "sizes-without-end.mp4",
                Boxes.edit(video, "stsz", stsz -> join(int32(0), int32(0), int32(0x7fffffff))),
                Fate.REFUSED);
        add(
                "MP4",
                "places-without-end.mp4",
                Boxes.edit(video, "stco", stco -> join(int32(0), int32(0x3fffffff))),
                Fate.REFUSED);
        add(
                "MP4",
                "one-size-for-all.mp4",
                Boxes.edit(video, "stsz", stsz -> join(int32(0), int32(1), int32(0x7fffffff))),
                Fate.REFUSED);
        add(
                "MP4",
                "edits-without-end.mp4",
                Boxes.edit(video, "elst", elst -> join(int32(0), int32(0x0fffffff), new byte[24])),
                Fate.HARMLESS);
        add(
                "MP4",
                "thousands-of-tracks.mp4",
                Boxes.edit(video, "moov", moov -> join(moov, repeat(Boxes.first(moov, "trak"), 2000))),
                Fate.REFUSED);
        add("MP4", "deep.mp4", deep(), Fate.REFUSED);
        add(
                "MP4",
                "a-box-of-all.mp4",
                join(Boxes.box("ftyp", ascii("isom")), int32(-1), ascii("moov"), new byte[64]),
                Fate.REFUSED);
        add(
                "MP4",
                "a-box-of-exabytes.mp4",
                join(
                        Boxes.box("ftyp", ascii("isom")),
                        int32(1),
                        ascii("moov"),
                        int32(0x7fffffff),
                        int32(-1),
                        new byte[64]),
                Fate.REFUSED);
        add(
                "MP4",
                "boxes-of-nothing.mp4",
                join(Boxes.box("ftyp", ascii("isom")), repeat(join(int32(0), ascii("free")), MANY)),
                Fate.REFUSED);
        add("MP4", "half.mp4", Arrays.copyOf(video, video.length / 2), Fate.REFUSED);
        add("MP4", "half-of-the-index.mp4", Arrays.copyOf(video, video.length - 200), Fate.REFUSED);
        add(
                "MP4",
                "a-picture-in-boxes.mp4",
                join(Boxes.box("ftyp", ascii("heic")), Boxes.box("meta", new byte[64])),
                Fate.REFUSED);
        add(
                "MP4",
                "a-cover-of-gigabytes.m4a",
                Boxes.edit(
                        video,
                        "moov",
                        moov -> join(
                                moov,
                                Boxes.box(
                                        "udta",
                                        Boxes.box(
                                                "meta",
                                                join(
                                                        int32(0),
                                                        Boxes.box(
                                                                "ilst",
                                                                Boxes.box(
                                                                        "covr",
                                                                        join(
                                                                                int32(0x7fffffff),
                                                                                ascii("data"),
                                                                                int32(13),
                                                                                int32(0))))))))),
                Fate.HARMLESS);
    }

    private static byte[] deep() {
        int depth = 20_000;
        ByteBuffer boxes = ByteBuffer.allocate(8 * depth);
        for (int i = depth; i > 0; i--) {
            boxes.putInt(8 * i).put(ascii(i % 2 == 0 ? "moov" : "trak"));
        }
        return join(Boxes.box("ftyp", ascii("isom")), boxes.array());
    }

    private byte[] alias() {
        byte[] path = ascii(secret.toString());
        byte[] head = new byte[154];
        return join(
                head,
                new byte[] {0, 2, 0, (byte) path.length},
                path,
                new byte[] {0, 18, 0, (byte) path.length},
                path,
                new byte[] {-1, -1, 0, 0});
    }

    private static boolean isVideo(byte[] stsd) {
        return new String(stsd, 12, 4, ISO_8859_1).equals("avc1");
    }

    /** A picture of 16,000 × 16,000 that takes hardly any room. */
    private byte[] largePicture(String container) throws IOException {
        Path picture = Files.write(folder.resolve("large.png"), png(16_000));
        return Files.readAllBytes(TestMedia.make(
                folder,
                "-f png_pipe -probesize 32 -analyzeduration 0 -i " + picture.getFileName() + " -c copy -f "
                        + ("mp4".equals(container) ? "mov" : container) + " large." + container));
    }

    private void matroska() throws IOException {
        Files.writeString(folder.resolve("attached.txt"), "attached");
        TestMedia.video(folder, "w.mkv", 2);
        byte[] video = Files.readAllBytes(folder.resolve("w.mkv"));
        add(
                "Matroska",
                "attachments.mkv",
                Files.readAllBytes(TestMedia.make(
                        folder,
                        "-i w.mkv -c copy -attach attached.txt"
                                + " -metadata:s:t mimetype=application/x-truetype-font -metadata:s:t filename=../../../../tmp/../"
                                + secret + " attachments.mkv")),
                Fate.HARMLESS);
        byte[] linking = element(
                0x1549A966,
                join(
                        element(0x3C83AB, ascii(secret.toString())),
                        element(0x3EB923, new byte[16]),
                        element(0x3E83BB, ascii(canary))));
        add(
                "Matroska",
                "linked-segments.mkv",
                join(
                        header(),
                        segment(join(linking, track(1, "V_VP8", size(320, 180), new byte[0]), cluster(new byte[100])))),
                Fate.REFUSED);
        add(
                "Matroska",
                "ordered-chapters.mkv",
                join(
                        header(),
                        segment(join(
                                element(
                                        0x1043A770,
                                        element(
                                                0x45B9,
                                                join(
                                                        element(0x45DD, new byte[] {1}),
                                                        element(0xB6, element(0x6E67, new byte[16]))))),
                                track(1, "V_VP8", size(320, 180), new byte[0]),
                                cluster(new byte[100])))),
                Fate.REFUSED);
        add("Matroska", "huge-picture.mkv", largePicture("matroska"), Fate.REFUSED);
        add(
                "Matroska",
                "raw-huge-picture.mkv",
                join(
                        header(),
                        segment(join(
                                track(1, "V_UNCOMPRESSED", size(65_535, 65_535), new byte[0]),
                                cluster(new byte[100])))),
                Fate.REFUSED);
        add(
                "Matroska",
                "picture-of-exapixels.mkv",
                join(
                        header(),
                        segment(join(
                                track(1, "V_VP9", size(0x7fffffff, 0x7fffffff), new byte[0]), cluster(new byte[100])))),
                Fate.REFUSED);
        byte[] bomb = deflated(256 << 20);
        add(
                "Matroska",
                "a-block-that-swells.mkv",
                join(header(), segment(join(track(1, "V_VP8", size(320, 180), zipped()), cluster(bomb)))),
                Fate.REFUSED);
        add(
                "Matroska",
                "a-header-that-swells.mkv",
                join(
                        header(),
                        segment(join(
                                track(1, "V_THEORA", size(320, 180), join(element(0x63A2, bomb), zipped())),
                                cluster(bomb)))),
                Fate.REFUSED);
        ByteArrayOutputStream tracks = new ByteArrayOutputStream();
        for (int i = 1; i <= MANY; i++) {
            tracks.writeBytes(entry(i, "V_VP8", size(320, 180), new byte[0]));
        }
        add(
                "Matroska",
                "thousands-of-tracks.mkv",
                join(header(), segment(join(element(0x1654AE6B, tracks.toByteArray()), cluster(new byte[100])))),
                Fate.REFUSED);
        byte[] tags = new byte[0];
        for (int i = 0; i < 2000; i++) {
            tags = element(0x67C8, tags);
        }
        add(
                "Matroska",
                "deep-tags.mkv",
                join(
                        header(),
                        segment(join(
                                element(0x1254C367, element(0x7373, tags)),
                                track(1, "V_VP8", size(320, 180), new byte[0]),
                                cluster(new byte[100])))),
                Fate.REFUSED);
        add(
                "Matroska",
                "a-type-of-exabytes.mkv",
                join(
                        new byte[] {
                            0x1A,
                            0x45,
                            (byte) 0xDF,
                            (byte) 0xA3,
                            1,
                            -1,
                            -1,
                            -1,
                            -1,
                            -1,
                            -1,
                            -2,
                            0x42,
                            (byte) 0x82,
                            1,
                            127,
                            -1,
                            -1,
                            -1,
                            -1,
                            -1,
                            -2
                        },
                        ascii("matroska")),
                Fate.REFUSED);
        add("Matroska", "half.mkv", Arrays.copyOf(video, 300), Fate.REFUSED);
    }

    private void pictures() throws IOException {
        add("pictures", "png.mp4", png(16_000), Fate.REFUSED);
        add("pictures", "png-behind-a-zero.mp4", join(new byte[1], png(16_000)), Fate.REFUSED);
        byte[] jpeg = Files.readAllBytes(
                TestMedia.make(folder, "-f lavfi -i testsrc2=size=64x64 -frames:v 1 -update 1 small.jpg"));
        byte[] largeJpeg = jpeg.clone();
        for (int i = 0; i < jpeg.length - 9; i++) {
            if (jpeg[i] == -1 && jpeg[i + 1] == (byte) 0xC0) {
                ByteBuffer.wrap(largeJpeg).putShort(i + 5, (short) 16_000).putShort(i + 7, (short) 16_000);
            }
        }
        add("pictures", "jpeg.mp4", largeJpeg, Fate.REFUSED);
        add(
                "pictures",
                "jpeg-in-a-container.mkv",
                join(
                        header(),
                        segment(join(
                                track(1, "V_MJPEG", size(64, 64), new byte[0]),
                                cluster(largeJpeg),
                                cluster(largeJpeg)))),
                Fate.REFUSED);
        add(
                "pictures",
                "gif.mp4",
                join(ascii("GIF89a"), new byte[] {(byte) 0x80, 0x3e, (byte) 0x80, 0x3e, 0, 0, 0}),
                Fate.REFUSED);
        add(
                "pictures",
                "bmp.mp4",
                join(
                        ascii("BM"),
                        new byte[8],
                        new byte[] {
                            54, 0, 0, 0, 40, 0, 0, 0, (byte) 0x80, 0x3e, 0, 0, (byte) 0x80, 0x3e, 0, 0, 1, 0, 24, 0
                        },
                        new byte[64]),
                Fate.REFUSED);
        add(
                "pictures",
                "tiff.mp4",
                join(ascii("II*"), new byte[] {0, 8, 0, 0, 0, -1, -1}, new byte[200]),
                Fate.REFUSED);
        add(
                "pictures",
                "webp.mp4",
                join(ascii("RIFF"), new byte[] {-1, -1, -1, 127}, ascii("WEBPVP8X"), new byte[] {
                    10, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1
                }),
                Fate.REFUSED);
        add(
                "pictures",
                "jpeg2000.mp4",
                join(
                        int32(12),
                        ascii("jP  "),
                        int32(0x0d0a870a),
                        Boxes.box("ftyp", ascii("jp2 ")),
                        Boxes.box("jp2h", new byte[64])),
                Fate.REFUSED);
    }

    private void others() throws IOException {
        byte[] avi = Files.readAllBytes(TestMedia.video(folder, "v.avi", 2));
        byte[] large = avi.clone();
        int at = new String(avi, ISO_8859_1).indexOf("strf");
        ByteBuffer.wrap(large)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(at + 12, 65_535)
                .putInt(at + 16, 65_535);
        add("other containers", "huge-picture.avi", large, Fate.HARMLESS);
        add(
                "other containers",
                "without-end.avi",
                join(ascii("RIFF"), int32(-1), ascii("AVI LIST"), int32(-1), ascii("hdrl"), new byte[100]),
                Fate.REFUSED);
        add("other containers", "thousands-of-streams.ts", transport(), Fate.REFUSED);
        byte[] link = join(ascii("-->"), new byte[] {0, 3, 0}, ascii(canary));
        byte[] frame = join(ascii("APIC"), int32(link.length + 1), new byte[3], link);
        byte[] sound = Files.readAllBytes(
                TestMedia.make(folder, "-f lavfi -i sine=duration=2 -id3v2_version 0 -write_id3v1 0 v.mp3"));
        add(
                "other containers",
                "a-cover-elsewhere.mp3",
                join(
                        ascii("ID3"),
                        new byte[] {3, 0, 0, 0, 0, (byte) (frame.length / 128), (byte) (frame.length % 128)},
                        frame,
                        sound),
                Fate.HARMLESS);
        add(
                "other containers",
                "a-tag-of-megabytes.mp3",
                join(ascii("ID3"), new byte[] {3, 0, 0, 127, 127, 127, 127}, sound),
                Fate.REFUSED);
        add(
                "other containers",
                "a-cover-elsewhere.flac",
                join(
                        ascii("fLaC"),
                        new byte[] {(byte) 0x86, -1, -1, -1},
                        int32(3),
                        int32(3),
                        ascii("-->"),
                        int32(0x7fffffff),
                        ascii(canary)),
                Fate.REFUSED);
        add(
                "other containers",
                "deep.flv",
                join(
                        ascii("FLV"),
                        new byte[] {1, 5, 0, 0, 0, 9, 0, 0, 0, 0, 18, 1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 10},
                        ascii("onMetaData"),
                        repeat(new byte[] {3, 0, 1, 'a'}, 20_000)),
                Fate.REFUSED);
        add(
                "other containers",
                "a-comment-of-gigabytes.ogg",
                join(
                        ascii("OggS"),
                        new byte[] {0, 2},
                        new byte[20],
                        new byte[] {1, 30},
                        new byte[] {1},
                        ascii("vorbis"),
                        new byte[23],
                        ascii("OggS"),
                        new byte[22],
                        new byte[] {-1},
                        repeat(new byte[] {-1}, 255),
                        new byte[] {3},
                        ascii("vorbis"),
                        int32(-1),
                        new byte[200]),
                Fate.REFUSED);
        add(
                "other containers",
                "huge-picture.ivf",
                join(
                        ascii("DKIF"),
                        new byte[] {0, 0, 32, 0},
                        ascii("VP80"),
                        repeat(new byte[] {-1}, 4),
                        new byte[16],
                        int32(-1),
                        new byte[100]),
                Fate.REFUSED);
        add(
                "other containers",
                "without-end.wav",
                join(
                        ascii("RIFF"),
                        int32(-1),
                        ascii("WAVEfmt "),
                        new byte[] {16, 0, 0, 0, 1, 0, -1, -1, -1, -1, -1, 127, 0, 0, 0, 0, 0, 0, 16, 0},
                        ascii("data"),
                        int32(-1)),
                Fate.REFUSED);
        add(
                "other containers",
                "packets-without-end.caf",
                join(
                        ascii("caff"),
                        new byte[] {0, 1, 0, 0},
                        ascii("desc"),
                        int32(0),
                        int32(32),
                        new byte[32],
                        ascii("pakt"),
                        int32(0x7fffffff),
                        int32(-1),
                        new byte[64]),
                Fate.REFUSED);
        add(
                "other containers",
                "seeks-without-end.ape",
                join(
                        ascii("MAC "),
                        new byte[] {(byte) 0x96, 0x0f, 0, 0, 52, 0, 0, 0, 24, 0, 0, 0, -1, -1, -1, 127},
                        new byte[100]),
                Fate.REFUSED);
    }

    /** Forty programs of 190 streams each. */
    private static byte[] transport() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream programs = new ByteArrayOutputStream();
        for (int program = 1; program <= 40; program++) {
            programs.writeBytes(new byte[] {0, (byte) program, (byte) 0xe1, (byte) program});
        }
        section(out, 0, 0, 1, programs.toByteArray());
        for (int program = 1; program <= 40; program++) {
            ByteArrayOutputStream streams = new ByteArrayOutputStream();
            streams.writeBytes(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xf0, 0});
            for (int i = 0; i < 190; i++) {
                int pid = 0x300 + program * 190 + i;
                streams.writeBytes(new byte[] {0x1b, (byte) (0xe0 | (pid >> 8)), (byte) pid, (byte) 0xf0, 0});
            }
            section(out, 0x100 + program, 2, program, streams.toByteArray());
        }
        return join(out.toByteArray(), repeat(packet(0x1fff, new byte[184], false, 0), 100));
    }

    private static void section(ByteArrayOutputStream out, int pid, int table, int id, byte[] body) {
        byte[] head = {
            (byte) table,
            (byte) (0xb0 | ((body.length + 9) >> 8)),
            (byte) (body.length + 9),
            0,
            (byte) id,
            (byte) 0xc1,
            0,
            0
        };
        byte[] whole = join(head, body);
        byte[] section = join(new byte[1], whole, int32(crc(whole)));
        for (int start = 0, counter = 0; start < section.length; start += 184, counter++) {
            byte[] payload = repeat(new byte[] {-1}, 184);
            System.arraycopy(section, start, payload, 0, Math.min(184, section.length - start));
            out.writeBytes(packet(pid, payload, start == 0, counter));
        }
    }

    private static byte[] packet(int pid, byte[] payload, boolean begins, int counter) {
        return join(
                new byte[] {0x47, (byte) ((begins ? 0x40 : 0) | (pid >> 8)), (byte) pid, (byte) (0x10 | (counter & 15))
                },
                payload);
    }

    private static int crc(byte[] bytes) {
        int crc = -1;
        for (byte value : bytes) {
            crc ^= value << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
            }
        }
        return crc;
    }

    private static byte[] header() {
        return element(0x1A45DFA3, element(0x4282, ascii("matroska")));
    }

    private static byte[] segment(byte[] body) {
        return element(0x18538067, join(element(0x1549A966, element(0x2AD7B1, int32(1_000_000))), body));
    }

    private static byte[] track(int number, String codec, byte[] picture, byte[] more) {
        return element(0x1654AE6B, entry(number, codec, picture, more));
    }

    private static byte[] entry(int number, String codec, byte[] picture, byte[] more) {
        return element(
                0xAE,
                join(
                        element(0xD7, int32(number)),
                        element(0x73C5, int32(number)),
                        element(0x83, new byte[] {1}),
                        element(0x86, ascii(codec)),
                        element(0xE0, picture),
                        more));
    }

    private static byte[] size(int width, int height) {
        return join(element(0xB0, int32(width)), element(0xBA, int32(height)));
    }

    private static byte[] zipped() {
        return element(
                0x6D80,
                element(0x6240, join(element(0x5032, new byte[] {3}), element(0x5034, element(0x4254, new byte[1])))));
    }

    private static byte[] cluster(byte[] block) {
        return element(
                0x1F43B675,
                join(
                        element(0xE7, new byte[1]),
                        element(0xA3, join(new byte[] {(byte) 0x81, 0, 0, (byte) 0x80}, block))));
    }

    private static byte[] element(int id, byte[] body) {
        int length = id >>> 24 != 0 ? 4 : id >>> 16 != 0 ? 3 : id >>> 8 != 0 ? 2 : 1;
        ByteBuffer out = ByteBuffer.allocate(length + 8 + body.length);
        out.put(int32(id), 4 - length, length).putLong((1L << 56) | body.length).put(body);
        return out.array();
    }

    private static byte[] png(int side) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        chunk(out, "IHDR", join(int32(side), int32(side), new byte[] {8, 0, 0, 0, 0}));
        chunk(out, "IDAT", deflated(side * (side + 1)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] body) {
        byte[] whole = join(ascii(type), body);
        CRC32 crc = new CRC32();
        crc.update(whole);
        out.writeBytes(join(int32(body.length), whole, int32((int) crc.getValue())));
    }

    /** So many zeros, packed. */
    private static byte[] deflated(int zeros) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] some = new byte[1 << 20];
        byte[] buffer = new byte[1 << 16];
        for (int left = zeros; left > 0; left -= some.length) {
            deflater.setInput(some, 0, Math.min(left, some.length));
            while (!deflater.needsInput()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private void text(String family, String name, String text) throws IOException {
        add(family, name, text.getBytes(UTF_8), Fate.REFUSED);
    }

    private void add(String family, String name, byte[] bytes, Fate fate) throws IOException {
        all.add(new Medium(family, name, Files.write(into.resolve(name), bytes), fate));
    }

    private static byte[] put(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).putShort(at, (short) value);
        return changed;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] int32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] repeat(byte[] bytes, int times) {
        ByteBuffer all = ByteBuffer.allocate(bytes.length * times);
        for (int i = 0; i < times; i++) {
            all.put(bytes);
        }
        return all.array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
