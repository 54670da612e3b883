package tv.tldr.api;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.spring.boot.ActivityImpl;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.springframework.stereotype.Component;

/** Work that never ends by itself, like FFmpeg on an endless source: it heartbeats until its worker leaves. */
@ActivityInterface
public interface SlowActivity {
    @ActivityMethod
    void workForever();

    @Component
    @ActivityImpl(workers = "media")
    final class Impl implements SlowActivity {
        public final AtomicInteger begun = new AtomicInteger();
        public final AtomicInteger handedOver = new AtomicInteger();

        @Override
        public void workForever() {
            begun.incrementAndGet();
            try {
                while (true) {
                    Activity.getExecutionContext().heartbeat(null);
                    LockSupport.parkNanos(100_000_000);
                }
            } catch (ActivityWorkerShutdownException leaving) {
                handedOver.incrementAndGet();
                throw leaving;
            }
        }
    }
}
