package tv.tldr.activities.store;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.Evidence;
import tv.tldr.workflows.activity.StreamCommand;
import tv.tldr.workflows.activity.StreamRef;

/**
 * What does a person see of an activity that is tried again, perhaps for hours? Why: as the note in the stream's progress,
 * from the failing attempt until one of its attempts is the last, or the workflow writes another progress. Writing it
 * neither changes how an attempt ends nor holds it up for long.
 */
@Component
public final class RetryNotes extends WorkerInterceptorBase {
    private static final Logger LOG = LoggerFactory.getLogger(RetryNotes.class);
    /** Shorter than any gap between heartbeats that Temporal puts up with. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final StreamStateStore streams;

    RetryNotes(StreamStateStore streams) {
        this.streams = streams;
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Attempt(next);
    }

    private final class Attempt extends ActivityInboundCallsInterceptorBase {
        private boolean mayHaveNote;

        Attempt(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext context) {
            mayHaveNote = context.getInfo().getAttempt() > 1;
            super.init(context);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            try {
                ActivityOutput output = super.execute(input);
                forget(input);
                return output;
            } catch (ApplicationFailure failure) {
                if (failure.isNonRetryable()) {
                    forget(input);
                } else {
                    String note = note(failure);
                    stream(input).forEach(stream -> write(stream, streams.saveNote(stream, note)));
                }
                throw failure;
            }
        }

        private void forget(ActivityInput input) {
            if (mayHaveNote) {
                stream(input).forEach(stream -> write(stream, streams.forgetNote(stream)));
            }
        }
    }

    /** One line, since it stands behind a percentage or below a bar. */
    private static String note(ApplicationFailure failure) {
        return Evidence.clean(failure.getOriginalMessage())
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static Stream<StreamRef> stream(ActivityInboundCallsInterceptor.ActivityInput input) {
        return Stream.of(input.getArguments())
                .filter(StreamCommand.class::isInstance)
                .map(command -> ((StreamCommand) command).stream());
    }

    private static void write(StreamRef stream, Mono<Long> change) {
        try {
            change.block(PATIENCE);
        } catch (RuntimeException notWritten) {
            LOG.warn("The note of {} could not be written: {}", stream.streamId(), notWritten.toString());
        }
    }
}
