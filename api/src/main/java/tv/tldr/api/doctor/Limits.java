package tv.tldr.api.doctor;

import java.time.Duration;
import tv.tldr.workflows.QueueWorkers;

/**
 * From where on is something wrong?
 *
 * @param patience for the whole
 * @param slow a request to ourselves, or a round trip to the database
 * @param idle a session in an open transaction
 * @param workerSilence a worker that has not asked for work for so long is gone
 * @param backlog tasks that wait in a queue
 * @param waiting the oldest task of a queue
 * @param usedConnections share of the connections that PostgreSQL has
 * @param freeDisk share of a disk
 * @param freeMemory share of the machine's memory
 */
public record Limits(
        Duration patience,
        Duration slow,
        Duration idle,
        Duration workerSilence,
        long backlog,
        Duration waiting,
        double usedConnections,
        double freeDisk,
        double freeMemory) {
    public static final Limits USUAL = new Limits(
            Duration.ofMillis(4500),
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            QueueWorkers.SILENCE,
            100,
            Duration.ofMinutes(15),
            0.9,
            0.05,
            0.05);

    public Limits withWorkerSilence(Duration silence) {
        return new Limits(patience, slow, idle, silence, backlog, waiting, usedConnections, freeDisk, freeMemory);
    }

    public Limits withIdle(Duration longest) {
        return new Limits(
                patience, slow, longest, workerSilence, backlog, waiting, usedConnections, freeDisk, freeMemory);
    }

    public Limits withWaiting(Duration longest) {
        return new Limits(patience, slow, idle, workerSilence, backlog, longest, usedConnections, freeDisk, freeMemory);
    }
}
