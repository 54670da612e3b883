package tv.tldr.workflows;

/** Which queue does a kind of work wait in? */
public final class TaskQueues {
    /** Workflows and short database activities. */
    public static final String STREAMS = "streams";
    /** FFmpeg: as many slots as cores. */
    public static final String MEDIA = "media";

    /** Questions to the model: the rate is held for the whole cluster by the queue. */
    public static final String ANALYSIS = "analysis";

    /** What is told to others by HTTP: many at a time, each mostly waiting. */
    public static final String DELIVERIES = "deliveries";

    /** All queues are one worker deployment: a build is current for all of them at once. */
    public static final String DEPLOYMENT = "tldr";

    private TaskQueues() {}
}
