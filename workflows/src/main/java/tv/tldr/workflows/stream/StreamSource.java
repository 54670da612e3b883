package tv.tldr.workflows.stream;

/**
 * Where does a stream come from?
 *
 * @param url an {@code http(s)://} URL, a {@code file:} URI of an absolute path (embedded default only), an
 *     {@code s3://bucket/key}, or {@code upload:} and the id of an upload
 * @param platform what kind of source it is
 */
public record StreamSource(String url, Platform platform) {
    /** A source's user part and query may be a credential; what is left still tells a person which source it is. */
    public StreamSource withoutSecrets() {
        return new StreamSource(url.replaceFirst("//[^/@]*@", "//").replaceFirst("[?#].*", ""), platform);
    }

    /** Whether the source was uploaded. */
    public boolean uploaded() {
        return url.startsWith(UploadId.SCHEME);
    }

    /** Whether the source is an object in the bucket that keeps the objects of streams, too. */
    public boolean inBucket() {
        return url.startsWith("s3:");
    }

    /** Whether the source is a playlist that names the recording piece by piece. */
    public boolean playlist() {
        return platform == Platform.HLS || platform == Platform.DASH;
    }

    /** Whether the source is a file on this machine. */
    public boolean local() {
        return url.startsWith("file:");
    }
}
