package tv.tldr.api.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tv.tldr.activities.gemini.GeminiException;
import tv.tldr.activities.gemini.GeminiGateway;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.SettingCatalogue;

/** Does Gemini know our key and the model, and did it answer lately? Asked without paying. */
record GeminiExaminer(Patient patient) implements Examiner {
    private static final String GOOGLE = "https://generativelanguage.googleapis.com";

    @Override
    public String area() {
        return "gemini";
    }

    @Override
    public Set<String> settings() {
        return Set.of("GEMINI_BASE_URL");
    }

    @Override
    public void examine(Chart chart) {
        if (!patient.settings().has(Setting.GEMINI_API_KEY)) {
            chart.passOver("there is no GEMINI_API_KEY: rules alone score", CheckCatalogue.ofArea(area()));
            return;
        }
        try (GeminiGateway gateway = new GeminiGateway(properties(), Clock.systemUTC())) {
            gateway.check();
            lately(chart);
        } catch (GeminiException failure) {
            found(chart, failure);
            chart.passOver(
                    "see " + chart.findings().getFirst().check().id(),
                    List.of("gemini-key", "gemini-quota", "gemini-model", "gemini-away"));
        }
    }

    /** Who asks about the model is let in when nobody gets an answer any more: the ledger of the calls knows more. */
    private void lately(Chart chart) {
        String url = patient.value(Setting.DATABASE_URL);
        if (url.isEmpty()) {
            chart.passOver("nothing runs here: no question was asked lately", List.of("gemini-quota"));
            return;
        }
        if (patient.problems().stream().anyMatch(problem -> problem.name().equals(Setting.DATABASE_URL))) {
            chart.passOver("see settings-wrong", List.of("gemini-quota"));
            return;
        }
        try (Connection connection = Jdbc.of(url).connect()) {
            GeminiUse use = GeminiUse.of(connection, Clock.systemUTC().instant());
            Optional<GeminiUse.Limit> limit = use.usedUp(patient::value);
            if (use.refusing()) {
                quota(
                        chart,
                        "the last question was answered 429, as were " + use.refused() + " of " + use.questions()
                                + " in an hour");
            } else if (limit.isPresent()) {
                chart.found(
                        "gemini-quota",
                        limit.get().evidence(),
                        "setting",
                        limit.get().setting(),
                        "value",
                        limit.get().twice());
            }
        } catch (SQLException failure) {
            chart.passOver(
                    "the database does not say what was answered lately; see the checks of the database",
                    List.of("gemini-quota"));
        }
    }

    private void quota(Chart chart, String evidence) {
        chart.found(
                "gemini-quota",
                evidence,
                "setting",
                "GEMINI_REQUESTS_PER_MINUTE",
                "value",
                String.valueOf(Math.max(1, Integer.parseInt(patient.value("GEMINI_REQUESTS_PER_MINUTE")) / 2)));
    }

    private void found(Chart chart, GeminiException failure) {
        String model = patient.value("GEMINI_MODEL");
        String url = patient.value("GEMINI_BASE_URL").isEmpty() ? GOOGLE : patient.value("GEMINI_BASE_URL");
        switch (failure) {
            case GeminiException.RefusedKey _ -> chart.found("gemini-key", "it refuses the key of GEMINI_API_KEY");
            case GeminiException.UnknownModel _ ->
                chart.found(
                        "gemini-model",
                        "it does not know " + model,
                        "model",
                        SettingCatalogue.of("GEMINI_MODEL").defaultValue());
            case GeminiException.Throttled _, GeminiException.QuotaExhausted _ ->
                quota(chart, "it takes no more requests (429)");
            default -> chart.found("gemini-away", url + " does not answer as it should", "url", url);
        }
    }

    private GeminiProperties properties() {
        Map<String, String> values = new HashMap<>();
        values.put("tldr.gemini.api-key", patient.value(Setting.GEMINI_API_KEY));
        values.put("tldr.gemini.base-url", patient.value("GEMINI_BASE_URL"));
        values.put("tldr.gemini.model", patient.value("GEMINI_MODEL"));
        values.put("tldr.gemini.request-timeout", "2s");
        return Patient.bound("tldr.gemini", GeminiProperties.class, values);
    }
}
