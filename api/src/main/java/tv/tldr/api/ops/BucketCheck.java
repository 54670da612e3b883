package tv.tldr.api.ops;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.StorageFailure;
import tv.tldr.activities.storage.S3ObjectStore;

/** Does the bucket answer us? Each reason why it does not has its own remedy. */
record BucketCheck(S3ObjectStore objects) implements HealthCheck {
    @Override
    public String name() {
        return "object_storage";
    }

    @Override
    public String hint() {
        return StorageFailure.Reason.AWAY.hint();
    }

    @Override
    public Mono<CheckResult> check() {
        return Mono.fromCallable(this::look).subscribeOn(Schedulers.boundedElastic());
    }

    private CheckResult look() {
        try {
            objects.check(HealthChecks.PATIENCE);
            return CheckResult.up("the bucket answers");
        } catch (StorageFailure failure) {
            return CheckResult.down(
                    String.valueOf(failure.getMessage()), failure.reason().hint());
        }
    }
}
