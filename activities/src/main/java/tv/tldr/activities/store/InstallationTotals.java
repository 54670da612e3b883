package tv.tldr.activities.store;

/**
 * How much is there in the whole installation?
 *
 * @param pending streams that wait to be started
 * @param processing streams that are worked on
 * @param storedBytes recordings and clips of streams that have ended
 * @param deliveriesWaiting deliveries for which no attempt has been made, and those that are tried again
 */
public record InstallationTotals(long pending, long processing, long storedBytes, long deliveriesWaiting) {}
