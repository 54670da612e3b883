package tv.tldr.activities.gemini.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tv.tldr.activities.media.Ffmpeg;
import tv.tldr.activities.storage.Sha256;

/** The files of the API: sent in pieces, read for a while, there until they are deleted. */
final class StoredFiles {
    private final Path folder;
    private final String base;
    private final Ffmpeg ffmpeg;
    private final Clock clock;
    private final int looksUntilActive;
    private final Map<String, Upload> uploads = new LinkedHashMap<>();
    private final Map<String, Stored> files = new LinkedHashMap<>();

    private record Upload(ObjectNode file, String type, long size, boolean fails, ByteArrayOutputStream bytes) {}

    private static final class Stored {
        private final ObjectNode file;
        private final Path content;
        private final boolean failed;
        private int looks;

        private Stored(ObjectNode file, Path content, boolean failed) {
            this.file = file;
            this.content = content;
            this.failed = failed;
        }
    }

    /** @param looksUntilActive how often a file is looked at until it has been read */
    StoredFiles(Path folder, String base, Ffmpeg ffmpeg, Clock clock, int looksUntilActive) {
        this.folder = folder;
        this.base = base;
        this.ffmpeg = ffmpeg;
        this.clock = clock;
        this.looksUntilActive = looksUntilActive;
    }

    /**
     * Begins an upload; where to send it.
     *
     * @param fails whether the file will be found to be unreadable, whatever is in it
     */
    synchronized String begin(ObjectNode file, String type, long size, boolean fails) {
        String name = file.path("name").asText("");
        if (!name.isEmpty() && !name.matches("files/[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")) {
            throw Refusal.invalid("File name must be at most 40 lowercase letters, digits and dashes: " + name);
        }
        String id = UUID.randomUUID().toString();
        uploads.put(id, new Upload(file, type, size, fails, new ByteArrayOutputStream()));
        return base + "/upload/v1beta/files?upload_id=" + id;
    }

    /** Takes a piece. */
    synchronized void append(String upload, long offset, byte[] piece) {
        Upload open = open(upload);
        if (open.bytes.size() != offset) {
            throw Refusal.invalid("Expected offset " + open.bytes.size() + ", got " + offset + ".");
        }
        open.bytes.writeBytes(piece);
    }

    /** Ends an upload; the file as it is told. Only now, as at Google's, is it found that there is one of that name. */
    synchronized ObjectNode finish(String upload) {
        Upload open = open(upload);
        if (open.bytes.size() != open.size) {
            throw Refusal.invalid("Expected " + open.size + " bytes, got " + open.bytes.size() + ".");
        }
        uploads.remove(upload);
        String name = open.file
                .path("name")
                .asText("files/" + UUID.randomUUID().toString().substring(0, 12));
        if (files.containsKey(name)) {
            throw Refusal.exists(name.replace("files/", ""));
        }
        Path content = folder.resolve(name.replace('/', '-'));
        try {
            Files.write(content, open.bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Instant now = clock.instant();
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("name", name).put("displayName", open.file.path("displayName").asText(""));
        file.put("mimeType", open.type).put("sizeBytes", Long.toString(open.size));
        file.put("sha256Hash", hash(open.bytes.toByteArray()));
        file.put("createTime", now.toString()).put("updateTime", now.toString());
        file.put("expirationTime", now.plusSeconds(48 * 3600).toString());
        file.put("uri", base + "/v1beta/" + name).put("source", "UPLOADED");
        files.put(
                name,
                new Stored(
                        file, content, open.fails || Media.of(content, ffmpeg).isEmpty()));
        return told(stored(name));
    }

    /** Looks at a file. */
    synchronized ObjectNode look(String name) {
        Stored stored = stored(name);
        stored.looks++;
        return told(stored);
    }

    synchronized void delete(String name) {
        Stored stored = stored(name);
        files.remove(name);
        try {
            Files.deleteIfExists(stored.content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized ObjectNode page(int size, int from) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        List<Stored> all = new ArrayList<>(files.values());
        all.stream().skip(from).limit(size).map(this::told).forEach(page.withArray("/files")::add);
        if (from + size < all.size()) {
            page.put("nextPageToken", Integer.toString(from + size));
        }
        return page;
    }

    /** The content of a file that a question names, when it has been read. */
    synchronized Path active(String uri) {
        Optional<Stored> stored = files.values().stream()
                .filter(one -> one.file.path("uri").asText().equals(uri))
                .findAny();
        Stored found = stored.orElseThrow(() -> Refusal.noFile(uri.substring(uri.lastIndexOf('/') + 1)));
        if (!told(found).path("state").asText().equals("ACTIVE")) {
            throw Refusal.invalid("The File " + found.file.path("name").asText()
                    + " is not in an ACTIVE state and usage is not allowed.");
        }
        return found.content;
    }

    /** What the file of a question is called; empty when there is none such. */
    synchronized Optional<String> displayName(String uri) {
        return files.values().stream()
                .filter(stored -> stored.file.path("uri").asText().equals(uri))
                .map(stored -> stored.file.path("displayName").asText())
                .findAny();
    }

    synchronized List<String> displayNames() {
        return files.values().stream()
                .map(stored -> stored.file.path("displayName").asText())
                .toList();
    }

    private ObjectNode told(Stored stored) {
        ObjectNode file = stored.file.deepCopy();
        if (stored.looks < looksUntilActive) {
            return file.put("state", "PROCESSING");
        }
        if (stored.failed) {
            file.putObject("error").put("code", 13).put("message", "Failed to process the media.");
            return file.put("state", "FAILED");
        }
        return file.put("state", "ACTIVE");
    }

    /** Base64, not of the hash but of its hexadecimal digits. */
    private static String hash(byte[] content) {
        Sha256 hash = new Sha256();
        hash.update(ByteBuffer.wrap(content));
        return Base64.getEncoder().encodeToString(hash.hex().getBytes(StandardCharsets.US_ASCII));
    }

    private Upload open(String upload) {
        return Optional.ofNullable(uploads.get(upload)).orElseThrow(Refusal::notFound);
    }

    private Stored stored(String name) {
        return Optional.ofNullable(files.get(name)).orElseThrow(() -> Refusal.noFile(name.replace("files/", "")));
    }
}
