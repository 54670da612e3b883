package tv.tldr.activities.gemini.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How many tokens does the stand-in count? Video at low resolution, 66 a frame; sound 32 a second; text 4 characters. */
public record Tokens(int text, int image, int video, int audio, int output, int thoughts) {
    static final int FRAME = 66;
    static final int PICTURE = 66;
    static final int SECOND_OF_SOUND = 32;
    static final Tokens NONE = new Tokens(0, 0, 0, 0, 0, 0);

    static int ofText(String text) {
        return (text.length() + 3) / 4;
    }

    Tokens plus(Tokens other) {
        return new Tokens(
                text + other.text,
                image + other.image,
                video + other.video,
                audio + other.audio,
                output + other.output,
                thoughts + other.thoughts);
    }

    Tokens answering(int answer, int thinking) {
        return new Tokens(text, image, video, audio, answer, thinking);
    }

    public int prompt() {
        return text + image + video + audio;
    }

    ObjectNode usage() {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        usage.put("promptTokenCount", prompt());
        if (output > 0) {
            usage.put("candidatesTokenCount", output);
        }
        usage.put("thoughtsTokenCount", thoughts);
        usage.put("totalTokenCount", prompt() + output + thoughts);
        detail(usage, "TEXT", text);
        detail(usage, "IMAGE", image);
        detail(usage, "VIDEO", video);
        detail(usage, "AUDIO", audio);
        return usage;
    }

    private static void detail(ObjectNode usage, String modality, int count) {
        if (count > 0) {
            usage.withArray("/promptTokensDetails")
                    .addObject()
                    .put("modality", modality)
                    .put("tokenCount", count);
        }
    }
}
