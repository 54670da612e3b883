package tv.tldr.api.highlights;

import java.util.Locale;
import org.springframework.http.MediaType;

/** As what can highlights be exported? */
enum ExportFormat {
    CSV("text/csv;charset=UTF-8", false),
    JSON("application/json", false),
    EDL("text/plain;charset=US-ASCII", true),
    OTIO("application/vnd.pixar.opentimelineio+json", true),
    FCPXML("application/xml", true),
    SRT("application/x-subrip", true);

    private final String mediaType;
    private final boolean ofOneStream;

    ExportFormat(String mediaType, boolean ofOneStream) {
        this.mediaType = mediaType;
        this.ofOneStream = ofOneStream;
    }

    MediaType mediaType() {
        return MediaType.parseMediaType(mediaType);
    }

    /** Whether its times are those of one recording. */
    boolean isOfOneStream() {
        return ofOneStream;
    }

    String fileName() {
        return "highlights." + name().toLowerCase(Locale.ROOT);
    }
}
