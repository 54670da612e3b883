package tv.tldr.workflows.scoring;

/** A formula that cannot be used, and the place of its fault. */
public final class FaultyFormulaException extends Exception {
    private final int position;
    private final String fault;

    FaultyFormulaException(int position, String fault) {
        super(fault + " (at character " + position + ")");
        this.position = position;
        this.fault = fault;
    }

    /** Where the fault is: the character of the formula, counted from 1. */
    public int position() {
        return position;
    }

    /** What is wrong, the end of a sentence that begins with "the formula". */
    public String fault() {
        return fault;
    }
}
