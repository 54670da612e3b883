package tv.tldr.activities.gemini;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GetModelConfig;
import com.google.genai.types.MediaResolution;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.VideoMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tv.tldr.activities.gemini.Outcome.Reason;
import tv.tldr.workflows.activity.StreamRef;

/**
 * Asks Gemini about a window of a recording, or which of several moments are the best. One question is one request, and
 * one more when the first answer has not the asked form or was withheld; nothing else is tried again here. An uploaded clip is gone when
 * a method is left, however it is left.
 *
 * <p>Every request is told to a journal before it is sent and when it has ended; what the journal throws ends the call.
 * The heartbeat is called while Google is waited for; what it throws ends the call, too.
 */
public final class GeminiGateway implements AutoCloseable {
    private static final float TEMPERATURE = 0.1f;

    private final GeminiProperties properties;
    private final GeminiKey key;
    private final Client client;
    private final UploadedClips clips;
    private final CallMeter meter;

    /** @throws IllegalArgumentException when {@code properties} hold no key */
    public GeminiGateway(GeminiProperties properties, Clock clock) {
        if (!properties.isConfigured()) {
            throw new IllegalArgumentException("there is no key to Gemini: set GEMINI_API_KEY");
        }
        this.properties = properties;
        this.key = Objects.requireNonNull(properties.apiKey());
        this.client = GeminiClients.open(properties, key);
        this.clips = new UploadedClips(client, key, properties, clock);
        this.meter = new CallMeter(properties.model(), properties.priceTable(), clock);
    }

    /** The same for whoever keeps what came of it when it is back. */
    public Outcome<Answer> askWindow(WindowRequest request, Consumer<ModelCall> journal, Runnable heartbeat) {
        return askWindow(request, journal, outcome -> {}, heartbeat);
    }

    /**
     * @param keeper is told what came of it as soon as that is known, before an uploaded clip is deleted: that may take long,
     *     and what is paid must not be lost meanwhile
     * @throws GeminiException when the model could not be asked
     */
    public Outcome<Answer> askWindow(
            WindowRequest request, Consumer<ModelCall> journal, Consumer<Outcome<Answer>> keeper, Runnable heartbeat) {
        Question question = request.question();
        ProxyClip clip = request.clip();
        TokenUsage reserved = estimate(question, clip).answeredWith(request.mostOutput());
        Patience patience = new Patience(heartbeat, properties.heartbeatInterval());
        CallMeter.Account account =
                meter.open(request.stream(), request.window(), ModelCall.Kind.WINDOW, reserved, journal);
        return translated(() -> {
            if (clip.size() <= properties.inlineLimit().toBytes()) {
                return kept(ask(request, inline(clip), account, patience), keeper);
            }
            try {
                return clips.use(clip, request.stream(), request.window(), patience, file -> {
                    Part media = Part.fromUri(file.uri().orElseThrow(), clip.mimeType());
                    return kept(ask(request, media, account, patience), keeper);
                });
            } catch (UploadedClips.Refused refused) {
                return kept(
                        account.unusable(
                                Reason.CLIP_REFUSED, "Google could not read the clip: " + refused.getMessage()),
                        keeper);
            }
        });
    }

    /**
     * @param mostOutput tokens where the answer is cut off, thoughts included: so many are reserved for it
     * @throws GeminiException when the model could not be asked
     */
    public Outcome<Ranking> compareFinalists(
            StreamRef stream,
            List<Finalist> finalists,
            int mostOutput,
            Consumer<ModelCall> journal,
            Runnable heartbeat) {
        TokenUsage reserved = estimate(finalists).answeredWith(mostOutput);
        CallMeter.Account account = meter.open(stream, null, ModelCall.Kind.COMPARISON, reserved, journal);
        Patience patience = new Patience(heartbeat, properties.heartbeatInterval());
        return translated(() -> {
            Conversation conversation = Conversation.begin(
                    FinalistPictures.of(finalists), Prompt.ofFinalists(finalists), AnswerSchema.ofFinalists());
            return new Asking<>(sending(mostOutput), text -> RankingReader.read(finalists, text))
                    .ask(conversation, account, patience);
        });
    }

    /** What {@link #askWindow} is expected to take, and will when its answer is cut off there; without the second try. */
    public TokenUsage estimate(Question question, ProxyClip clip) {
        return estimate(question, clip.duration(), clip.framesPerSecond(), clip.sound());
    }

    /** The same before there is a clip: of so many seconds, frames (0: no picture) and with sound or without. */
    public TokenUsage estimate(Question question, double duration, double framesPerSecond, boolean sound) {
        return Estimate.of(
                question,
                duration,
                framesPerSecond,
                sound,
                properties.thinkingEstimate(),
                properties.maxOutputTokens());
    }

    /** What {@link #compareFinalists} is expected to take, and will when its answer is cut off there; without the second try. */
    public TokenUsage estimate(List<Finalist> finalists) {
        return Estimate.of(finalists, properties.thinkingEstimate(), properties.maxOutputTokens());
    }

    /** What {@code usage} costs today. */
    public Cost cost(TokenUsage usage) {
        return meter.cost(usage);
    }

    /**
     * Deletes uploaded clips of ours that a killed process left behind; the number of them.
     *
     * @param olderThan longer than any question may take, so that no clip goes that is asked about
     * @throws GeminiException when they cannot be listed, or some of them not be deleted
     */
    public int sweep(Duration olderThan) {
        return translated(() -> clips.sweep(olderThan));
    }

    /**
     * Whether key and model are right, without paying.
     *
     * @throws GeminiException when they are not, or Google is away
     */
    public void check() {
        translated(() ->
                client.models.get(properties.model(), GetModelConfig.builder().build()));
    }

    @Override
    public void close() {
        client.close();
    }

    private static Outcome<Answer> kept(Outcome<Answer> outcome, Consumer<Outcome<Answer>> keeper) {
        keeper.accept(outcome);
        return outcome;
    }

    private Outcome<Answer> ask(WindowRequest request, Part media, CallMeter.Account account, Patience patience) {
        Question question = request.question();
        Conversation conversation = Conversation.begin(
                List.of(paced(media, request.clip())), Prompt.of(question), AnswerSchema.of(question));
        return new Asking<>(sending(request.mostOutput()), text -> AnswerReader.read(question, text))
                .ask(conversation, account, patience);
    }

    private BiFunction<Conversation, Patience, GenerateContentResponse> sending(int mostOutput) {
        return (conversation, patience) -> send(conversation, mostOutput, patience);
    }

    private GenerateContentResponse send(Conversation conversation, int mostOutput, Patience patience) {
        GenerateContentConfig.Builder config = GenerateContentConfig.builder()
                .systemInstruction(
                        Content.fromParts(Part.fromText(conversation.prompt().system())))
                .temperature(TEMPERATURE)
                .mediaResolution(new MediaResolution(MediaResolution.Known.MEDIA_RESOLUTION_LOW))
                .responseMimeType("application/json")
                .responseJsonSchema(conversation.schema())
                .maxOutputTokens(mostOutput)
                // Else the client sends more requests by itself, each charged, when an answer is long.
                .automaticContinuation(false);
        if (properties.hasThinkingLevel()) {
            config.thinkingConfig(ThinkingConfig.builder()
                    .thinkingLevel(properties.thinkingLevel())
                    .build());
        }
        return patience.await(
                () -> client.models.generateContent(properties.model(), conversation.contents(), config.build()));
    }

    /** Google looks at one frame a second unless it is told otherwise. */
    private static Part paced(Part media, ProxyClip clip) {
        if (clip.framesPerSecond() == 0 || clip.framesPerSecond() == 1) {
            return media;
        }
        return media.toBuilder()
                .videoMetadata(
                        VideoMetadata.builder().fps(clip.framesPerSecond()).build())
                .build();
    }

    private static Part inline(ProxyClip clip) {
        try {
            return Part.fromBytes(Files.readAllBytes(clip.file()), clip.mimeType());
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy clip cannot be read: " + e.getMessage(), e);
        }
    }

    private <T> T translated(Supplier<T> work) {
        try {
            return work.get();
        } catch (Patience.Failed failed) {
            throw GeminiClients.failure(Objects.requireNonNull(failed.getCause()), key);
        } catch (ApiException | GenAiIOException failure) {
            throw GeminiClients.failure(failure, key);
        }
    }
}
