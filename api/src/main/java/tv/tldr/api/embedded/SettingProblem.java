package tv.tldr.api.embedded;

/**
 * What is wrong with a setting? Carries no value: it may be a secret.
 *
 * @param name the environment variable
 * @param fault what is wrong, to be read after the name
 * @param example a right value
 */
public record SettingProblem(String name, String fault, String example) {
    /** One line for a person. */
    @Override
    public String toString() {
        return name + " " + fault + " — for example: " + name + "=" + example;
    }
}
