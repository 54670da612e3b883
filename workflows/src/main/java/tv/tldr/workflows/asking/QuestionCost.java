package tv.tldr.workflows.asking;

/**
 * What do questions to the model cost? In seconds of video that cost as much, about a hundred tokens each, so that plans hold for any
 * model and price; measured by CostBench.
 */
public final class QuestionCost {
    /** What the words of a question cost. */
    private static final double WORDS = 16;

    /** What each moment costs that an answer may name. */
    private static final double MOMENT = 1.6;

    /** What the words of the question cost that compares the finalists in the end, and each of them with its picture. */
    private static final double COMPARING = 5;

    private static final double FINALIST = 1.6;

    /** There is about one in so many seconds, up to what one comparison takes. */
    private static final double SECONDS_A_FINALIST = 75;

    private static final int MOST_FINALISTS = 12;

    private QuestionCost() {}

    /** Of a question about so many seconds. */
    static double of(double seconds) {
        return seconds + WORDS + MOMENT * Window.mostMoments(seconds);
    }

    /** Of comparing the finalists of a stream of so many seconds. */
    static double ofComparing(double duration) {
        return COMPARING + FINALIST * expectedFinalists(duration);
    }

    /** How many moments of a stream of so many seconds are compared in the end, at most. */
    public static int finalists(double duration) {
        return (int) Math.ceil(expectedFinalists(duration));
    }

    private static double expectedFinalists(double duration) {
        return Math.clamp(duration / SECONDS_A_FINALIST, 2, MOST_FINALISTS);
    }
}
