package tv.tldr.activities.gemini;

import java.util.List;

/**
 * How many tokens will a call take? Told before it is made, rather too many than too few: a budget is checked against it, and
 * where money is short an answer is cut off there.
 */
public final class Estimate {
    /** Of one frame at low media resolution with its time; the models before 3 take 66. */
    static final int TOKENS_A_FRAME = 70;
    /** Of one picture that is given by itself at low media resolution. */
    static final int TOKENS_A_PICTURE = 280;

    static final int TOKENS_A_SECOND_OF_SOUND = 32;
    /** English has 4; other languages of the same letters have fewer. */
    private static final double LETTERS_A_TOKEN = 3;

    /** The last letter of those; of other scripts each character may be a token of its own. */
    private static final int LAST_LETTER = 0x24F;

    private static final int TOKENS_A_SCORE = 60;
    private static final int TOKENS_A_MOMENT = 120;
    /** Nobody speaks faster for long. */
    private static final int TOKENS_A_SECOND_OF_SPEECH = 6;

    private Estimate() {}

    /**
     * @param duration seconds that the model will be shown
     * @param framesPerSecond of them; 0 without a picture
     * @param sound whether they have any
     * @param thinking tokens that the model may think before it answers
     * @param mostOutput the answer is cut off there, thoughts included
     */
    public static TokenUsage of(
            Question question, double duration, double framesPerSecond, boolean sound, int thinking, int mostOutput) {
        Prompt prompt = Prompt.of(question);
        long answer = (long) question.mostMoments()
                * (TOKENS_A_MOMENT
                        + (long) TOKENS_A_SCORE * question.dimensions().size());
        long transcript = question.words() == Words.NONE ? 0 : (long) (duration * TOKENS_A_SECOND_OF_SPEECH);
        return new TokenUsage(
                text(prompt, AnswerSchema.of(question).toString()),
                framesPerSecond == 0 ? 0 : ((long) Math.ceil(duration * framesPerSecond) + 1) * TOKENS_A_FRAME,
                sound ? ((long) Math.ceil(duration) + 1) * TOKENS_A_SECOND_OF_SOUND : 0,
                Math.min(mostOutput, thinking + answer + transcript));
    }

    /** The same for a comparison; {@code finalists} with a thumbnail are shown. */
    public static TokenUsage of(List<Finalist> finalists, int thinking, int mostOutput) {
        long pictures =
                finalists.stream().filter(one -> one.thumbnail() != null).count();
        return new TokenUsage(
                text(Prompt.ofFinalists(finalists), AnswerSchema.ofFinalists().toString()),
                pictures * TOKENS_A_PICTURE,
                0,
                Math.min(mostOutput, thinking + (long) finalists.size() * TOKENS_A_SCORE));
    }

    private static long text(Prompt prompt, String schema) {
        String all = prompt.system() + prompt.user() + schema;
        long letters = all.chars().filter(character -> character <= LAST_LETTER).count();
        return (long) Math.ceil(letters / LETTERS_A_TOKEN) + all.length() - letters;
    }
}
