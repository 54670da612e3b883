package tv.tldr.api.doctor;

import java.util.Map;

/**
 * What is wrong here, by which evidence, and what exactly mends it?
 *
 * @param evidence what was seen, in words; no secret
 * @param words what was filled into the command
 */
public record Finding(Check check, String evidence, Map<String, String> words) {
    public Finding {
        words = Map.copyOf(words);
    }

    /** The command that mends it. */
    public String fix() {
        return check.command(words);
    }

    /** What is to be said besides; may be empty. */
    public String remark() {
        return check.remark(words);
    }
}
