package tv.tldr.activities.gemini.standin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Which request fails, and how? Scripted faults go before those of the generator. */
public final class Faults {
    private final Map<Operation, Deque<Optional<Fault>>> script = new EnumMap<>(Operation.class);
    private Random random = new Random(0);
    private Duration wait = Duration.ofMillis(17_250);
    private double share;
    private Set<Operation> operations = Set.of();
    private List<Fault> faults = List.of();

    /** The next {@code times} requests of this kind fail like this. */
    public Faults next(Operation operation, int times, Fault fault) {
        return script(operation, times, Optional.of(fault));
    }

    /** The next {@code times} requests of this kind go well, whatever is scripted after them. */
    public Faults passing(Operation operation, int times) {
        return script(operation, times, Optional.empty());
    }

    private synchronized Faults script(Operation operation, int times, Optional<Fault> fault) {
        script.computeIfAbsent(operation, any -> new ArrayDeque<>()).addAll(Collections.nCopies(times, fault));
        return this;
    }

    /** From now on who is throttled is told to wait for so long. */
    public synchronized Faults throttlingFor(Duration delay) {
        wait = delay;
        return this;
    }

    /** From now on a part of the requests fails; the same seed and the same requests give the same faults. */
    public synchronized Faults share(double part, long seed, Set<Operation> of, List<Fault> like) {
        share = part;
        random = new Random(seed);
        operations = of;
        faults = like;
        return this;
    }

    /** From now on nothing fails. */
    public synchronized void none() {
        script.clear();
        share = 0;
    }

    synchronized double secondsToWait() {
        return wait.toMillis() / 1000.0;
    }

    synchronized Optional<Fault> of(Operation operation) {
        Optional<Fault> scripted =
                script.getOrDefault(operation, new ArrayDeque<>()).poll();
        if (scripted != null) {
            return scripted;
        }
        if (operations.contains(operation) && random.nextDouble() < share) {
            return Optional.of(faults.get(random.nextInt(faults.size())));
        }
        return Optional.empty();
    }
}
