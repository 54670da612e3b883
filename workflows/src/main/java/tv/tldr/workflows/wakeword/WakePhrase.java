package tv.tldr.workflows.wakeword;

import java.util.List;
import java.util.Optional;
import tv.tldr.workflows.wakeword.WakeWordHit.Manner;

/**
 * Is this the wake word? Word by word, and as a whole where words were run together or torn apart. Short words are not
 * guessed at: nearly every one of them is a letter away from another.
 */
record WakePhrase(String configured, List<Heard> words, Heard whole, boolean withoutSpaces) {
    /** From this length on a change of two letters leaves a word recognisable, or of one in a word by itself. */
    private static final int LONG = 8;

    /** Shorter words must be the same. */
    private static final int SHORT = 4;

    /** By how many letters words that were run together or torn apart may be longer or shorter than the phrase. */
    private static final int MOST_LONGER = 2;

    /** Of a word in a phrase half of the letters may be written otherwise ("that", "dat"), if it sounds the same. */
    private static final double SPELLED_LIKE_IN_A_PHRASE = 0.5;

    /** Of the phrase itself, and of a word by itself, less. */
    private static final double SPELLED_LIKE = 0.6;

    /** @return empty when {@code configured} has neither letters nor digits */
    static Optional<WakePhrase> of(String configured) {
        NormalText text = NormalText.of(configured);
        if (text.words().isEmpty()) {
            return Optional.empty();
        }
        List<Heard> words =
                text.words().stream().map(word -> Heard.of(word.letters())).toList();
        boolean withoutSpaces = text.words().stream().anyMatch(NormalText.Word::withoutSpaces);
        return Optional.of(new WakePhrase(configured, words, Heard.of(text.letters()), withoutSpaces));
    }

    /** How like the phrase {@code heard} is; empty when it is something else. */
    Optional<Likeness> likeness(List<Heard> heard) {
        int longer = Heard.length(heard) - whole.letters().length();
        if (longer == 0 && Heard.joined(heard).equals(whole.letters())) {
            return Optional.of(Likeness.SAME);
        }
        if (heard.size() == words.size()) {
            return wordByWord(heard);
        }
        return Math.abs(longer) <= MOST_LONGER ? asAWhole(heard) : Optional.empty();
    }

    private Optional<Likeness> wordByWord(List<Heard> heard) {
        int guessed = 0;
        int alike = 0;
        double similarity = 0;
        for (int index = 0; index < words.size(); index++) {
            Optional<Likeness> likeness = wordLikeness(words.get(index), heard.get(index));
            if (likeness.isEmpty()) {
                return Optional.empty();
            }
            switch (likeness.get().manner()) {
                case EXACT -> {}
                case FUZZY -> guessed++;
                case PHONETIC -> alike++;
            }
            similarity += likeness.get().similarity()
                    * words.get(index).letters().length()
                    / whole.letters().length();
        }
        // One word is guessed at where the others are certain: "safe than" is not "save that".
        boolean sure = guessed == 0 || (guessed == 1 && alike == 0);
        Manner manner = guessed > 0 ? Manner.FUZZY : Manner.PHONETIC;
        return sure && similarity >= SPELLED_LIKE
                ? Optional.of(new Likeness(manner, Math.min(1, similarity)))
                : Optional.empty();
    }

    private Optional<Likeness> wordLikeness(Heard wanted, Heard heard) {
        if (wanted.letters().equals(heard.letters())) {
            return Optional.of(Likeness.SAME);
        }
        boolean alone = words.size() == 1;
        if (wanted.sound().isLike(heard.sound()) && (!alone || isSureAlone(wanted, heard))) {
            double similarity = Likeness.similarity(wanted.letters(), heard.letters());
            return similarity >= (alone ? SPELLED_LIKE : SPELLED_LIKE_IN_A_PHRASE)
                    ? Optional.of(new Likeness(Manner.PHONETIC, similarity))
                    : Optional.empty();
        }
        boolean isLong = wanted.letters().length() >= LONG;
        return guess(wanted, heard, alone ? LONG : SHORT, isLong ? 2 : 1);
    }

    /** In a phrase the other words confirm what one sounds like; a word by itself needs more than that. */
    private static boolean isSureAlone(Heard wanted, Heard heard) {
        int length = wanted.letters().length();
        return length >= LONG || (length >= SHORT && wanted.isVoicedLike(heard));
    }

    private Optional<Likeness> asAWhole(List<Heard> heard) {
        String wanted = whole.letters();
        boolean near = wanted.length() >= (words.size() == 1 ? LONG : SHORT)
                && heard.getFirst().sound().beginsLike(words.getFirst().sound());
        if (!near) {
            return Optional.empty();
        }
        Heard together = Heard.of(Heard.joined(heard));
        double similarity = Likeness.similarity(wanted, together.letters());
        if (similarity >= SPELLED_LIKE && whole.sound().isLike(together.sound())) {
            return Optional.of(new Likeness(Manner.PHONETIC, similarity));
        }
        return guess(whole, together, LONG, 1);
    }

    /**
     * Whether a few letters were misheard in what begins the same. Up to {@link #LONG} letters its vowels must be the same,
     * too: "clapthat" is not "clip that".
     */
    private static Optional<Likeness> guess(Heard wanted, Heard heard, int shortest, int mostEdits) {
        int length = Math.min(wanted.letters().length(), heard.letters().length());
        boolean vowels = wanted.letters().length() > LONG
                || wanted.sound().vowels().equals(heard.sound().vowels());
        boolean possible = length >= shortest
                && Math.abs(wanted.letters().length() - heard.letters().length()) <= mostEdits
                && wanted.letters().charAt(0) == heard.letters().charAt(0)
                && wanted.sound().beginsLike(heard.sound())
                && vowels;
        return possible && Likeness.edits(wanted.letters(), heard.letters()) <= mostEdits
                ? Optional.of(new Likeness(Manner.FUZZY, Likeness.similarity(wanted.letters(), heard.letters())))
                : Optional.empty();
    }
}
