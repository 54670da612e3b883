package tv.tldr.workflows.wakeword;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One word or several as one, and how they sound.
 *
 * @param letters normalised, without spaces
 */
record Heard(String letters, Sound sound) {
    /** Vowels and voiced consonants: what Double Metaphone takes for one, as in "safe" and "save". */
    private static final Pattern OTHER_THAN_VOICED = Pattern.compile("[^abdegiouvyz]");

    static Heard of(String letters) {
        return new Heard(letters, Sound.of(letters));
    }

    /** Whether the vowels and voiced consonants are the same letters. */
    boolean isVoicedLike(Heard other) {
        return voiced().equals(other.voiced());
    }

    private String voiced() {
        return OTHER_THAN_VOICED.matcher(letters).replaceAll("");
    }

    /** The number of letters of all of {@code words}. */
    static int length(List<Heard> words) {
        int length = 0;
        for (Heard word : words) {
            length += word.letters.length();
        }
        return length;
    }

    static String joined(List<Heard> words) {
        return words.stream().map(Heard::letters).collect(Collectors.joining());
    }
}
