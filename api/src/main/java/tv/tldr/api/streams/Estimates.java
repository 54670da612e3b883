package tv.tldr.api.streams;

import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.asking.CostForecast;
import tv.tldr.activities.recording.SourceLook;
import tv.tldr.activities.recording.SourceLook.Seen;
import tv.tldr.activities.store.NewStream;
import tv.tldr.activities.store.UsageStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.usage.Quotas;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamError;

/** What would come of a stream, before anybody pays for it? */
@Component
final class Estimates {
    /** Each takes a thread and a program for seconds: looking ahead does not crowd out what is under way. */
    private static final int AT_ONCE = 4;

    private static final double SECONDS_A_MINUTE = 60;

    private final SourceLook sources;
    private final CostForecast forecast;
    private final UsageStore usage;
    private final Quotas quotas;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Estimates(SourceLook sources, CostForecast forecast, UsageStore usage, Quotas quotas) {
        this.sources = sources;
        this.forecast = forecast;
        this.usage = usage;
        this.quotas = quotas;
    }

    /** Nothing is written down; fails with SERVICE_UNAVAILABLE when too many ask at once. */
    Mono<EstimateResponse> of(NewStream wanted) {
        return Mono.zip(usage.plan(wanted.ref().organizationId()), quotaErrors(wanted))
                .flatMap(known -> Mono.fromCallable(() -> lookInPlace(wanted, known.getT1(), known.getT2()))
                        .subscribeOn(Schedulers.boundedElastic()));
    }

    /** Who hangs up frees no place: the look goes on until it ends. */
    private EstimateResponse lookInPlace(NewStream wanted, Plan plan, List<StreamError> quotaErrors) {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    ErrorCode.SERVICE_UNAVAILABLE, "Too many sources are looked at now; ask again in a moment.");
        }
        try {
            return look(wanted, plan, quotaErrors);
        } finally {
            places.release();
        }
    }

    private Mono<List<StreamError>> quotaErrors(NewStream wanted) {
        return quotas.check(wanted.ref().organizationId())
                .thenReturn(List.<StreamError>of())
                .onErrorResume(
                        ProblemException.class,
                        refusal -> Mono.just(
                                List.of(new StreamError(refusal.code().name(), String.valueOf(refusal.getMessage())))));
    }

    private EstimateResponse look(NewStream wanted, Plan plan, List<StreamError> quotaErrors) {
        List<StreamError> errors = new ArrayList<>(quotaErrors);
        if (wanted.source().platform() != Platform.FILE) {
            return EstimateResponse.ofUnknownLength(wanted, -1, errors);
        }
        try {
            Seen seen = sources.look(wanted.ref().organizationId(), wanted.source());
            MediaFacts facts = seen.facts();
            if (facts == null) {
                return EstimateResponse.ofUnknownLength(wanted, seen.sizeBytes(), errors);
            }
            plan.limits()
                    .filter(limits -> facts.duration() > limits.longestStream().toSeconds())
                    .ifPresent(limits -> errors.add(tooLong(facts, limits)));
            DimensionSetChain chain =
                    Objects.requireNonNull(wanted.dimensionSet(), "what a body asks for has its sets");
            return EstimateResponse.of(
                    wanted,
                    seen.sizeBytes(),
                    facts,
                    forecast.of(facts, chain.first().definition(), wanted.options()),
                    errors);
        } catch (ApplicationFailure failure) {
            errors.addFirst(new StreamError(failure.getType(), failure.getOriginalMessage()));
            return EstimateResponse.unreachable(wanted, errors);
        }
    }

    private static StreamError tooLong(MediaFacts facts, Plan.Limits limits) {
        return new StreamError(
                FailureType.SOURCE_TOO_LONG.name(),
                "the source is too long: it runs for " + Math.round(facts.duration() / SECONDS_A_MINUTE)
                        + " minutes, and your plan takes "
                        + limits.longestStream().toMinutes() + "; send it in parts");
    }
}
