package tv.tldr.api.streams;

import tv.tldr.activities.store.Submission;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.Quota;

/** What does a client hear that does not want to wait? */
final class Busy {
    private Busy() {}

    static ProblemException refusal(Submission.Busy busy) {
        return ProblemException.exceeded(
                new Quota("concurrent_streams", busy.used(), busy.limit(), null),
                busy.used() + " of the " + busy.limit()
                        + " streams that your plan allows at once are in process; a place "
                        + "is free when one of them ends. Without when_busy=refuse the stream waits for it.");
    }
}
