package tv.tldr.workflows.stream;

/**
 * How much of a stream's work is done, 0–100? By shares of the whole as they were seen on recordings of ten minutes:
 * cutting is most of the work, or asking, or listening.
 */
final class Percentage {
    private static final int MEASURED = 30;
    private static final int HEARD = 50;
    private static final int ASKED = 60;
    private static final int CUT = 99;

    private Percentage() {}

    /** Of a stream that has not ended. */
    static double of(StreamLedger ledger) {
        double heard = ledger.listening().isPlanned() ? HEARD : MEASURED;
        double asked = ledger.asking().isPlanned() ? ASKED : heard;
        return switch (ledger.stage()) {
            case QUEUED -> 0;
            case PROBING -> 1;
            case RECORDING -> 2;
            case MEASURING ->
                5
                        + 25.0
                                * ledger.segments().countDone()
                                / Math.max(1, ledger.segments().count());
            case LISTENING -> MEASURED + (heard - MEASURED) * ledger.listening().share();
            case ASKING -> heard + (ASKED - heard) * ledger.asking().share();
            case SELECTING -> asked;
            case CUTTING ->
                asked
                        + 2
                        + (CUT - 2 - asked)
                                * ledger.clipsDone()
                                / Math.max(1, ledger.highlights().size());
            case DONE -> 100;
        };
    }
}
