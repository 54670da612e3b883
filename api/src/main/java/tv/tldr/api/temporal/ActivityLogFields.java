package tv.tldr.api.temporal;

import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import tv.tldr.api.http.LogFields;
import tv.tldr.workflows.activity.StreamCommand;
import tv.tldr.workflows.activity.StreamRef;

/** For whom does an activity work? Its lines of the log say so, beside the ids that Temporal gives them. */
@Component
final class ActivityLogFields extends WorkerInterceptorBase {
    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new ActivityInboundCallsInterceptorBase(next) {
            @Override
            public ActivityOutput execute(ActivityInput input) {
                Optional<StreamRef> stream = Stream.of(input.getArguments())
                        .filter(StreamCommand.class::isInstance)
                        .map(command -> ((StreamCommand) command).stream())
                        .findFirst();
                if (stream.isEmpty()) {
                    return super.execute(input);
                }
                try (MDC.MDCCloseable _ = MDC.putCloseable(
                                LogFields.ORGANIZATION,
                                stream.get().organizationId().toString());
                        MDC.MDCCloseable _ = MDC.putCloseable(
                                LogFields.STREAM, stream.get().streamId().toString())) {
                    return super.execute(input);
                }
            }
        };
    }
}
