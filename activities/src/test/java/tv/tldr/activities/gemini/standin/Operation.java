package tv.tldr.activities.gemini.standin;

/** What can be asked of the API? */
public enum Operation {
    UPLOAD,
    GET_FILE,
    LIST_FILES,
    DELETE_FILE,
    GENERATE,
    COUNT_TOKENS,
    GET_MODEL,
    UNKNOWN;

    /** @param path without query */
    static Operation of(String method, String path) {
        if (path.startsWith("/upload/") && path.endsWith("/files")) {
            return UPLOAD;
        }
        if (path.matches("/v1beta/files/?")) {
            return method.equals("GET") ? LIST_FILES : UNKNOWN;
        }
        if (path.startsWith("/v1beta/files/")) {
            return method.equals("DELETE") ? DELETE_FILE : GET_FILE;
        }
        if (path.startsWith("/v1beta/models/")) {
            return path.endsWith(":generateContent")
                    ? GENERATE
                    : path.endsWith(":countTokens") ? COUNT_TOKENS : path.contains(":") ? UNKNOWN : GET_MODEL;
        }
        return UNKNOWN;
    }
}
