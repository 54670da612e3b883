package tv.tldr.api.temporal;

import io.temporal.worker.tuning.CompositeTuner;
import io.temporal.worker.tuning.SlotInfo;
import io.temporal.worker.tuning.SlotMarkUsedContext;
import io.temporal.worker.tuning.SlotPermit;
import io.temporal.worker.tuning.SlotReleaseContext;
import io.temporal.worker.tuning.SlotReserveContext;
import io.temporal.worker.tuning.SlotSupplier;
import io.temporal.worker.tuning.SlotSupplierFuture;
import io.temporal.worker.tuning.WorkerTuner;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How does a process leave a queue to others? There is never a slot for what waits there, so it never asks for it. */
final class ClosedSlots<I extends SlotInfo> implements SlotSupplier<I> {
    static WorkerTuner tuner() {
        return new CompositeTuner(new ClosedSlots<>(), new ClosedSlots<>(), new ClosedSlots<>(), new ClosedSlots<>());
    }

    @Override
    public SlotSupplierFuture reserveSlot(SlotReserveContext<I> context) {
        return SlotSupplierFuture.fromCompletableFuture(new CompletableFuture<>(), () -> {});
    }

    @Override
    public Optional<SlotPermit> tryReserveSlot(SlotReserveContext<I> context) {
        return Optional.empty();
    }

    @Override
    public void markSlotUsed(SlotMarkUsedContext<I> context) {
        throw new IllegalStateException("no slot was given");
    }

    @Override
    public void releaseSlot(SlotReleaseContext<I> context) {
        // None was given.
    }
}
