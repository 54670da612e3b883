package tv.tldr.workflows.wakeword;

import java.util.regex.Pattern;
import org.apache.commons.codec.language.DoubleMetaphone;

/**
 * How does a word sound? Its consonants by Double Metaphone, which hears "clip" and "klipp" as the same, and the kinds of
 * its vowels, without which "clip" and "club" would be.
 *
 * @param consonants the code; empty for a script that Double Metaphone does not read
 * @param alternate the code of the other way to say it, such as "dat" for "that"; often the same
 * @param vowels {@code a}, {@code i} (also for e and y) and {@code u} (also for o), one for each group of vowels
 * @param digits those that are written as digits: "round 2" sounds like no other round
 */
record Sound(String consonants, String alternate, String vowels, String digits) {
    /** Longer than any phrase: by default a word of ten letters ends after four. */
    private static final int LONGEST_CODE = 64;

    private static final DoubleMetaphone CODES = codes();

    private static final Pattern DIGITS_ONLY = Pattern.compile("\\D");

    private static final String VOWELS = "aeiouy";
    private static final String KINDS_OF_VOWELS = "aiiuui";

    private static DoubleMetaphone codes() {
        DoubleMetaphone codes = new DoubleMetaphone();
        codes.setMaxCodeLen(LONGEST_CODE);
        return codes;
    }

    /** @param letters normalised, without spaces; not empty */
    static Sound of(String letters) {
        return new Sound(
                CODES.doubleMetaphone(letters, false),
                CODES.doubleMetaphone(letters, true),
                vowelsOf(letters),
                DIGITS_ONLY.matcher(letters).replaceAll(""));
    }

    /** Whether the two would be hard to tell apart by ear. */
    boolean isLike(Sound other) {
        return !consonants.isEmpty()
                && vowels.equals(other.vowels)
                && digits.equals(other.digits)
                && (consonants.equals(other.consonants)
                        || consonants.equals(other.alternate)
                        || alternate.equals(other.consonants)
                        || alternate.equals(other.alternate));
    }

    /** Whether the two begin with the same sound, as far as it is known. */
    boolean beginsLike(Sound other) {
        if (consonants.isEmpty() || other.consonants.isEmpty()) {
            return consonants.equals(other.consonants);
        }
        return consonants.charAt(0) == other.consonants.charAt(0);
    }

    private static String vowelsOf(String letters) {
        StringBuilder kinds = new StringBuilder();
        boolean inGroup = false;
        // A "y" that begins a word is a consonant; an "e" that ends one after a consonant is silent.
        int from = letters.charAt(0) == 'y' ? 1 : 0;
        for (int index = from; index < letters.length(); index++) {
            int vowel = VOWELS.indexOf(letters.charAt(index));
            boolean silent = index == letters.length() - 1 && letters.charAt(index) == 'e' && !kinds.isEmpty();
            if (vowel >= 0 && !inGroup && !silent) {
                kinds.append(KINDS_OF_VOWELS.charAt(vowel));
            }
            inGroup = vowel >= 0;
        }
        return kinds.toString();
    }
}
