package tv.tldr.api.http;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A client asks for bytes that a file does not have; it is told how many there are. */
public final class UnsatisfiableRange extends ResponseStatusException {
    private final long size;

    /** @param size bytes of the whole file */
    public UnsatisfiableRange(long size) {
        super(
                HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                "The file has " + size + " bytes, and none of those that Range names.");
        this.size = size;
    }

    @Override
    public HttpHeaders getHeaders() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
        return headers;
    }
}
