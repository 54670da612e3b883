package tv.tldr.api.auth;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tv.tldr.api.http.Fields;

/**
 * Which passwords are refused? Short ones, and those that are guessed first. No rules about kinds of characters, which make
 * passwords worse (NIST SP 800-63B).
 */
final class PasswordRules {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 128;
    private static final int FEWEST_CHARACTERS = 4;

    /** The most common of twelve characters and more, and words that people make such passwords of. */
    private static final Set<String> COMMON = Set.of(
            "password",
            "passwort",
            "motdepasse",
            "contrasena",
            "qwerty",
            "qwertyuiop",
            "qwertz",
            "azerty",
            "asdfghjkl",
            "zxcvbnm",
            "letmein",
            "welcome",
            "iloveyou",
            "ihateyou",
            "admin",
            "administrator",
            "changeme",
            "secret",
            "football",
            "baseball",
            "basketball",
            "princess",
            "sunshine",
            "superman",
            "batman",
            "dragon",
            "monkey",
            "master",
            "michelle",
            "computer",
            "internet",
            "starwars",
            "whatever",
            "trustno",
            "unknown",
            "default",
            "temporary",
            "test",
            "testing",
            "guest",
            "login",
            "hello",
            "abc",
            "abcdef",
            "abcdefgh",
            "abcdefghijkl",
            "qazwsx",
            "qazwsxedc",
            "qwertyuiopasdfghjkl",
            "1q2w3e4r5t6y",
            "1qaz2wsx3edc",
            "1q2w3e4r5t6y7u8i",
            "q1w2e3r4t5y6",
            "correcthorsebatterystaple",
            "tldr",
            "highlight",
            "highlights");

    private PasswordRules() {}

    /** Reads a new password; every fault is noted in {@code body}. */
    static String read(Fields body, String name, String email) {
        String password = body.requiredText(name, LONGEST);
        if (body.isSound(name)) {
            fault(password, email).ifPresent(fault -> body.refuse(name, fault));
        }
        return normal(password);
    }

    /** The same password however its letters are composed. */
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /** @param email of whose password it is to be; empty when that is not known yet */
    static Optional<String> fault(String password, String email) {
        String plain = password.toLowerCase(Locale.ROOT).strip();
        int at = email.indexOf('@');
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("must have at least " + SHORTEST + " characters");
        }
        if (plain.chars().distinct().count() < FEWEST_CHARACTERS || isCounting(plain)) {
            return Optional.of("is too easy to guess: it repeats or counts");
        }
        if (!email.isEmpty()
                && (plain.equals(email.toLowerCase(Locale.ROOT))
                        || isMadeOf(plain, email.substring(0, at).toLowerCase(Locale.ROOT)))) {
            return Optional.of("must not be the e-mail address");
        }
        if (COMMON.stream().anyMatch(word -> isMadeOf(plain, word))) {
            return Optional.of("is too common: it is among those that are guessed first");
        }
        return Optional.empty();
    }

    /** Whether nothing but digits and punctuation is left when all occurrences of {@code word} are taken out. */
    private static boolean isMadeOf(String password, String word) {
        return password.contains(word)
                && password.replace(word, "").chars().noneMatch(Character::isLetter)
                && password.replace(word, "").length() <= word.length();
    }

    private static boolean isCounting(String password) {
        int steps = 0;
        for (int i = 1; i < password.length(); i++) {
            int step = password.charAt(i) - password.charAt(i - 1);
            steps += step == 1 || step == -1 || step == 0 || step == 9 || step == -9 ? 1 : 0;
        }
        return steps == password.length() - 1;
    }
}
