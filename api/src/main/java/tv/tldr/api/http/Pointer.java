package tv.tldr.api.http;

/** Where in a body is a field? A JSON pointer, as programs read it (RFC 6901), of the path that people read. */
final class Pointer {
    private Pointer() {}

    /** Of a path such as {@code streams[0].options.min_duration}, whose names are ours. */
    static String of(String path) {
        StringBuilder pointer = new StringBuilder();
        for (String name : path.replace("[", ".").replace("]", "").split("\\.", -1)) {
            pointer.append(token(name));
        }
        return pointer.toString();
    }

    /** Of one name, whatever is in it. */
    static String token(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
