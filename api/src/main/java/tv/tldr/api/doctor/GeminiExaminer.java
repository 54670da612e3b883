package tv.tldr.api.doctor;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tv.tldr.activities.gemini.GeminiException;
import tv.tldr.activities.gemini.GeminiGateway;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.SettingCatalogue;

/** Does Gemini know our key and the model, and does it take questions? Asked without paying. */
record GeminiExaminer(Patient patient) implements Examiner {
    private static final String GOOGLE = "https://generativelanguage.googleapis.com";

    @Override
    public String area() {
        return "gemini";
    }

    @Override
    public void examine(Chart chart) {
        if (!patient.settings().has(Setting.GEMINI_API_KEY)) {
            chart.passOver("there is no GEMINI_API_KEY: rules alone score", CheckCatalogue.ofArea(area()));
            return;
        }
        try (GeminiGateway gateway = new GeminiGateway(properties(), Clock.systemUTC())) {
            gateway.check();
        } catch (GeminiException failure) {
            found(chart, failure);
            chart.passOver(
                    "see " + chart.findings().getFirst().check().id(),
                    List.of("gemini-key", "gemini-quota", "gemini-model", "gemini-away"));
        }
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
                chart.found(
                        "gemini-quota",
                        "it takes no more requests (429)",
                        "half",
                        String.valueOf(Math.max(1, Integer.parseInt(patient.value("GEMINI_REQUESTS_PER_MINUTE")) / 2)));
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
