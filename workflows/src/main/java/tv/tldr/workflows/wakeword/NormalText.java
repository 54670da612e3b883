package tv.tldr.workflows.wakeword;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How does a text read without its case, accents and punctuation, and where did each letter stand? Words are divided by
 * anything that is no letter or digit, and where a script that puts no spaces between words meets one that does.
 */
final class NormalText {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private static final int ASCII = 128;

    /** Latin, Greek and Cyrillic accents alone: in other scripts the marks are the vowels, or another letter. */
    private static final Pattern ACCENTS = Pattern.compile("[\\x{0300}-\\x{036F}]");

    /** Within a word people leave them out as they like: "don't", "dont". */
    private static final Pattern APOSTROPHES = Pattern.compile("['’‘ʼ]");

    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN);

    private final String original;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder letters = new StringBuilder();
    private final List<Place> places = new ArrayList<>();
    private boolean inWord;
    private boolean withoutSpaces;

    private NormalText(String original) {
        this.original = original;
    }

    /** A stretch of the original text, in characters. */
    record Place(int from, int to) {
        Place to(Place end) {
            return new Place(from, end.to);
        }
    }

    /**
     * @param letters of the word, normalised
     * @param place where it stands
     * @param withoutSpaces whether its script puts no spaces between words, so that it may be a whole sentence
     */
    record Word(String letters, Place place, boolean withoutSpaces) {}

    static NormalText of(String original) {
        NormalText text = new NormalText(original);
        Matcher cluster = CLUSTER.matcher(original);
        while (cluster.find()) {
            Place place = new Place(cluster.start(), cluster.end());
            char first = original.charAt(place.from());
            if (place.to() - place.from() == 1 && first < ASCII && first != '\'') {
                // Most of most texts: as fold() would have it, without its cost.
                text.add(Character.toLowerCase(first), place);
            } else {
                fold(cluster.group()).codePoints().forEach(point -> text.add(point, place));
            }
        }
        return text;
    }

    List<Word> words() {
        return List.copyOf(words);
    }

    /** All letters without the spaces. */
    String letters() {
        return letters.toString();
    }

    /** Where the letters from {@code from} to before {@code to} stand. */
    Place place(int from, int to) {
        return places.get(from).to(places.get(to - 1));
    }

    String original(Place place) {
        return original.substring(place.from(), place.to());
    }

    private static String fold(String cluster) {
        String oneCase = cluster.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String apart = Normalizer.normalize(oneCase, Normalizer.Form.NFKD);
        String plain =
                APOSTROPHES.matcher(ACCENTS.matcher(apart).replaceAll("")).replaceAll("");
        return Normalizer.normalize(plain, Normalizer.Form.NFC);
    }

    private void add(int point, Place place) {
        if (!Character.isLetterOrDigit(point) && !isMark(point)) {
            inWord = false;
            return;
        }
        String letter = withoutStroke(point);
        UnicodeScript script = UnicodeScript.of(point);
        // Digits and the long-vowel sign belong to every script: they go on with the word that they follow.
        boolean neutral = script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED;
        boolean spaceless = neutral ? inWord && withoutSpaces : WITHOUT_SPACES.contains(script);
        if (inWord && spaceless == withoutSpaces) {
            Word last = words.removeLast();
            words.add(new Word(last.letters() + letter, last.place().to(place), spaceless));
        } else {
            words.add(new Word(letter, place, spaceless));
        }
        inWord = true;
        withoutSpaces = spaceless;
        letters.append(letter);
        letter.chars().forEach(each -> places.add(place));
    }

    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** Letters that Unicode does not take apart, as they are written where they are not on the keyboard. */
    private static String withoutStroke(int point) {
        return switch (point) {
            case 'ø' -> "o";
            case 'đ' -> "d";
            case 'ł' -> "l";
            case 'æ' -> "ae";
            case 'œ' -> "oe";
            default -> Character.toString(point);
        };
    }
}
