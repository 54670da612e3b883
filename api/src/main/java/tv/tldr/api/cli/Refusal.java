package tv.tldr.api.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What did the API refuse, under which code? */
final class Refusal extends RuntimeException {
    private final String code;

    private Refusal(String code, String message) {
        super(message);
        this.code = code;
    }

    /** From an {@code application/problem+json} answer. */
    static Refusal of(int status, JsonNode problem) {
        String code = problem.path("code").asString("HTTP_" + status);
        List<String> lines = new ArrayList<>();
        lines.add(problem.path("detail").asString("the API answered with status " + status));
        if (problem.path("errors").size() > 1) {
            problem.path("errors")
                    .forEach(error -> lines.add("  " + error.path("field").asString("") + ": "
                            + error.path("message").asString("")));
        }
        return new Refusal(code, String.join(System.lineSeparator(), lines));
    }

    /** The same, with what can be said about it here. */
    Refusal with(String remark) {
        return new Refusal(code, getMessage() + System.lineSeparator() + remark);
    }

    String code() {
        return code;
    }

    /** Whether the command line is to blame: an option has a value that there is not. */
    boolean isUsage() {
        return code.equals("VALIDATION_ERROR");
    }

    /** Whether the same may be answered a little later: something that the API needs is away. */
    boolean isForNow() {
        return code.equals("SERVICE_UNAVAILABLE");
    }

    /** The code and the words. */
    String said() {
        return code + ": " + getMessage();
    }
}
