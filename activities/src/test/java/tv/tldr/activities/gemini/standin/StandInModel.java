package tv.tldr.activities.gemini.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.gemini.standin.AnswerMaker.Heard;
import tv.tldr.activities.media.Ffmpeg;

/** The model: reads a question with its media, counts its tokens, and answers. */
final class StandInModel {
    private static final int THOUGHTS = 200;
    private static final int LONG_THOUGHTS = 7000;
    private static final String PROSE = "I would say that the best moment is the one with the goal at 0:42.";

    private final StoredFiles files;
    private final Path folder;
    private final Ffmpeg ffmpeg;
    private volatile @Nullable Heard heard;

    StandInModel(StoredFiles files, Path folder, Ffmpeg ffmpeg) {
        this.files = files;
        this.folder = folder;
        this.ffmpeg = ffmpeg;
    }

    /** From now on it hears this in every window; null: nothing but what it makes up. */
    void hear(@Nullable Heard sentence) {
        heard = sentence;
    }

    /** @param response as Google writes it */
    record Answered(ObjectNode response, Tokens charged) {}

    /** What a question holds: its words, what it shows, and how many tokens it has. */
    private record Read(String words, Media media, Tokens tokens) {}

    Tokens count(JsonNode request) {
        return read(request.has("generateContentRequest") ? request.path("generateContentRequest") : request)
                .tokens();
    }

    Answered answer(String model, JsonNode request, @Nullable Fault fault) {
        RequestCheck.check(model, request);
        Read read = read(request);
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("modelVersion", model).put("responseId", "stand-in");
        String text = text(request, read, fault);
        boolean silent = fault == Fault.EMPTY || fault == Fault.QUESTION_BLOCKED || fault == Fault.ANSWER_BLOCKED;
        int most = request.at("/generationConfig/maxOutputTokens").asInt(RequestCheck.MOST_OUTPUT);
        int thoughts = Math.min(most, fault == Fault.THINKS_LONG ? LONG_THOUGHTS : THOUGHTS);
        int output = Math.min(most - thoughts, Tokens.ofText(text));
        boolean cutOff = fault == Fault.CUT_OFF || output < Tokens.ofText(text);
        Tokens tokens = read.tokens.answering(silent ? 0 : output, silent ? 0 : thoughts);
        response.set("usageMetadata", tokens.usage());
        if (fault == Fault.QUESTION_BLOCKED) {
            response.putObject("promptFeedback").put("blockReason", "PROHIBITED_CONTENT");
        } else if (fault != Fault.EMPTY) {
            ObjectNode candidate = response.putArray("candidates").addObject().put("index", 0);
            candidate.put("finishReason", cutOff ? "MAX_TOKENS" : "STOP");
            if (fault == Fault.ANSWER_BLOCKED) {
                candidate.put("finishReason", "SAFETY");
            } else {
                candidate
                        .putObject("content")
                        .put("role", "model")
                        .putArray("parts")
                        .addObject()
                        .put("text", text);
            }
        }
        return new Answered(response, tokens);
    }

    private String text(JsonNode request, Read read, @Nullable Fault fault) {
        JsonNode schema = request.at("/generationConfig/responseJsonSchema");
        String answer = schema.isObject()
                ? AnswerMaker.answer(schema, read.words, read.media, heard).toString()
                : PROSE;
        if (fault == Fault.PROSE) {
            return PROSE;
        }
        return fault == Fault.CUT_OFF ? answer.substring(0, answer.length() / 2) : answer;
    }

    private Read read(JsonNode request) {
        StringBuilder words = new StringBuilder();
        Tokens tokens = Tokens.NONE;
        Media media = new Media(List.of(), List.of());
        for (JsonNode part : request.findValues("parts").stream()
                .flatMap(parts -> parts.valueStream())
                .toList()) {
            if (part.has("text")) {
                words.append(part.path("text").asText()).append('\n');
                tokens = tokens.plus(text(part.path("text").asText()));
            } else if (part.at("/inlineData/mimeType").asText("").startsWith("image/")) {
                tokens = tokens.plus(new Tokens(0, Tokens.PICTURE, 0, 0, 0, 0));
            } else {
                media = media(part);
                double rate = part.at("/videoMetadata/fps").asDouble(1);
                int frames = (int) Math.ceil(media.motion().size() * rate);
                tokens = tokens.plus(new Tokens(
                        0, 0, frames * Tokens.FRAME, media.loudness().size() * Tokens.SECOND_OF_SOUND, 0, 0));
            }
        }
        tokens = tokens.plus(
                text(request.at("/generationConfig/responseJsonSchema").toString()));
        return new Read(words.toString(), media, tokens);
    }

    private static Tokens text(String text) {
        return new Tokens(Tokens.ofText(text), 0, 0, 0, 0, 0);
    }

    private Media media(JsonNode part) {
        if (part.has("fileData")) {
            return Media.of(files.active(part.at("/fileData/fileUri").asText()), ffmpeg)
                    .orElseThrow(() -> Refusal.invalid("The file cannot be read."));
        }
        try {
            Path file = Files.createTempFile(folder, "inline", ".media");
            try {
                Files.write(
                        file,
                        Base64.getDecoder().decode(part.at("/inlineData/data").asText()));
                return Media.of(file, ffmpeg).orElseThrow(() -> Refusal.invalid("Provided video is not valid."));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
