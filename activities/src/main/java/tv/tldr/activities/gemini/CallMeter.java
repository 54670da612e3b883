package tv.tldr.activities.gemini;

import com.google.genai.types.GenerateContentResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.tldr.activities.gemini.ModelCall.Kind;
import tv.tldr.activities.gemini.ModelCall.State;
import tv.tldr.activities.gemini.Outcome.Reason;
import tv.tldr.workflows.TypeId;
import tv.tldr.workflows.activity.StreamRef;

/** What do requests to the model take, and who is told? */
final class CallMeter {
    private static final Logger LOG = LoggerFactory.getLogger(CallMeter.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String model;
    private final PriceTable prices;
    private final Clock clock;

    CallMeter(String model, PriceTable prices, Clock clock) {
        this.model = model;
        this.prices = prices;
        this.clock = clock;
    }

    Cost cost(TokenUsage usage) {
        return prices.cost(model, clock.instant().atZone(ZoneOffset.UTC).toLocalDate(), usage);
    }

    /** @param estimate what one request may take at most */
    Account open(
            StreamRef stream, @Nullable Integer window, Kind kind, TokenUsage estimate, Consumer<ModelCall> journal) {
        return new Account(stream, window, kind, estimate, journal);
    }

    /** The requests for one question. */
    final class Account {
        private final StreamRef stream;
        private final @Nullable Integer window;
        private final Kind kind;
        private final TokenUsage estimate;
        private final Consumer<ModelCall> journal;
        private TokenUsage usage = TokenUsage.NONE;
        private Cost cost = Cost.ZERO;
        private int requests;

        private Account(
                StreamRef stream,
                @Nullable Integer window,
                Kind kind,
                TokenUsage estimate,
                Consumer<ModelCall> journal) {
            this.stream = stream;
            this.window = window;
            this.kind = kind;
            this.estimate = estimate;
            this.journal = journal;
        }

        /** Makes one request of a conversation. */
        Reply charge(
                Conversation conversation,
                Patience patience,
                BiFunction<Conversation, Patience, GenerateContentResponse> request) {
            Instant now = clock.instant();
            UUID id = TypeId.version7(now.toEpochMilli(), RANDOM.nextLong(), RANDOM.nextLong());
            boolean first = requests++ == 0;
            Kind of = first ? kind : Kind.REPAIR;
            TokenUsage expected = first ? estimate : repairing();
            ModelCall call =
                    new ModelCall(id, stream, window, of, model, now, expected, cost(expected), State.SENT, null);
            journal.accept(call);
            GenerateContentResponse response;
            try {
                response = request.apply(conversation, patience);
            } catch (RuntimeException e) {
                ModelCall ended = failed(call, e);
                // Not the exception: it may hold what was asked.
                LOG.debug("{} did not answer a {} of {}: {}", model, of, stream.streamId(), ended.state());
                tell(ended);
                throw e;
            }
            TokenUsage taken = Reply.usage(response).orElse(expected);
            usage = usage.plus(taken);
            cost = cost.plus(cost(taken));
            tell(call.ended(taken, cost(taken), State.CHARGED));
            LOG.debug("{} answered a {} of {} with {} for {}", model, of, stream.streamId(), taken, cost(taken));
            return Reply.of(response);
        }

        private void tell(ModelCall ended) {
            CallCounts.add(ended);
            journal.accept(ended);
        }

        /** The first answer is shown to the model, too. */
        private TokenUsage repairing() {
            return estimate.plus(new TokenUsage(estimate.output(), 0, 0, 0));
        }

        <T> Outcome<T> answered(T answer) {
            return new Outcome.Answered<>(answer, usage, cost);
        }

        <T> Outcome<T> unusable(Reason reason, String explanation) {
            return new Outcome.Unusable<>(reason, explanation, usage, cost);
        }

        /** What was answered with an error status, and what never left, is known not to be charged. */
        private static ModelCall failed(ModelCall call, Throwable thrown) {
            if (UnsentRequests.isCauseOf(thrown)) {
                return call.ended(TokenUsage.NONE, Cost.ZERO, State.UNSENT);
            }
            return ErrorReplies.in(thrown)
                    .map(reply -> call.refused(reply.status()))
                    .orElseGet(() -> call.ended(call.usage(), call.cost(), State.UNKNOWN));
        }
    }
}
