package tv.tldr.api.gemini;

import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.gemini.GeminiException;
import tv.tldr.activities.gemini.GeminiGateway;
import tv.tldr.api.ops.CheckResult;
import tv.tldr.api.ops.HealthCheck;

/** Does Gemini know our key and the model? Asked without paying. Without a key nobody is asked, and rules alone score. */
@Component
final class GeminiCheck implements HealthCheck {
    /** Anybody may ask how we are; Google counts requests. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final ObjectProvider<GeminiGateway> gateway;
    private final Mono<CheckResult> check;

    GeminiCheck(ObjectProvider<GeminiGateway> gateway) {
        this.gateway = gateway;
        this.check = Mono.fromCallable(this::ask)
                .subscribeOn(Schedulers.boundedElastic())
                .cache(result -> FRESH, failure -> Duration.ZERO, () -> Duration.ZERO);
    }

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public String hint() {
        return "Look whether GEMINI_BASE_URL is right and reachable; meanwhile streams wait for the model, and after about an"
                + " hour rules answer in its place.";
    }

    @Override
    public Mono<CheckResult> check() {
        return check;
    }

    private CheckResult ask() {
        GeminiGateway model = gateway.getIfAvailable();
        if (model == null) {
            return CheckResult.up("no GEMINI_API_KEY: nobody is asked, rules alone score");
        }
        try {
            model.check();
            return CheckResult.up("knows the key and the model");
        } catch (GeminiException.RefusedKey refused) {
            return CheckResult.down(
                    "refuses the key", "Put a key that is good for the Gemini API into GEMINI_API_KEY.");
        } catch (GeminiException.UnknownModel unknown) {
            return CheckResult.down("does not know the model", "Put a model that Google lists into GEMINI_MODEL.");
        } catch (GeminiException.Throttled | GeminiException.QuotaExhausted limited) {
            return CheckResult.degraded(
                    "takes no more requests just now",
                    "Streams wait or are scored by rules; ask Google for a higher quota.");
        } catch (GeminiException failure) {
            return CheckResult.down("does not answer as it should", hint());
        }
    }
}
