package tv.tldr.activities.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said to the model: the question, and after an answer that cannot be used, what is wrong with it.
 *
 * @param contents the turns so far
 */
record Conversation(Prompt prompt, JsonNode schema, List<Content> contents) {
    Conversation {
        contents = List.copyOf(contents);
    }

    /** @param media goes before the text, as Google advises */
    static Conversation begin(List<Part> media, Prompt prompt, JsonNode schema) {
        List<Part> parts = new ArrayList<>(media);
        parts.add(Part.fromText(prompt.user()));
        return new Conversation(prompt, schema, List.of(content("user", parts)));
    }

    /** @param answer what the model said; blank: nothing, so that there is no turn of it to show */
    Conversation repairing(String answer, String fault) {
        List<Content> turns = new ArrayList<>(contents);
        if (!answer.isBlank()) {
            turns.add(content("model", List.of(Part.fromText(answer))));
            turns.add(content("user", List.of(Part.fromText(Prompt.repair(fault)))));
        } else {
            List<Part> parts = new ArrayList<>(turns.removeLast().parts().orElseThrow());
            parts.add(Part.fromText(Prompt.repair(fault)));
            turns.add(content("user", parts));
        }
        return new Conversation(prompt, schema, turns);
    }

    private static Content content(String role, List<Part> parts) {
        return Content.builder().role(role).parts(parts).build();
    }
}
