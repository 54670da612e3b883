package tv.tldr.api.highlights;

import org.springframework.http.MediaType;

/** What kind of file stands under an object key? */
final class MediaTypes {
    private MediaTypes() {}

    static MediaType of(String objectKey) {
        return switch (objectKey.substring(objectKey.lastIndexOf('.') + 1)) {
            case "mp4" -> MediaType.parseMediaType("video/mp4");
            case "m4a" -> MediaType.parseMediaType("audio/mp4");
            case "jpg" -> MediaType.IMAGE_JPEG;
            default -> MediaType.APPLICATION_OCTET_STREAM;
        };
    }
}
