package tv.tldr.activities;

import java.util.regex.Pattern;

/**
 * What may be shown of text that a program or a library wrote? Everything but the secret parts of URLs (user, password,
 * path, query) and the folders of local paths.
 */
public final class Evidence {
    private static final Pattern URL =
            Pattern.compile("(\\b[a-zA-Z][a-zA-Z0-9+.-]*://)(?:[^\\s/@]*@)?([^\\s/?#'\"]*)[^\\s'\",;]*");
    private static final Pattern PATH =
            Pattern.compile("(?<![\\w:/.…])(?:file:)?(?:/[^\\s/'\":;,]+)+/([^\\s/'\":;,]*)");
    private static final Pattern ADDRESS = Pattern.compile("\\[([^\\]@]*) @ 0x[0-9a-f]+]");

    private Evidence() {}

    public static String clean(String text) {
        String urls = URL.matcher(text).replaceAll("$1$2/…");
        String paths = PATH.matcher(urls).replaceAll("$1");
        return ADDRESS.matcher(paths).replaceAll("[$1]");
    }
}
