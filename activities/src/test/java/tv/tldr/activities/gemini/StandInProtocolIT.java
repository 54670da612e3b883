package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in is as strict as Google, so that a test against it is worth something. */
class StandInProtocolIT extends StandInIT {
    private static final String QUESTION = "{\"contents\": [{\"parts\": [{\"text\": \"What is best?\"}]}]%s}";

    @Test
    void aQuestionInWordsAloneIsAnsweredInWords() throws Exception {
        HttpResponse<String> answer = post("gemini-3.8-flash:generateContent", CANARY, QUESTION.formatted(""));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"finishReason\":\"STOP\"").contains("\"promptTokenCount\":");
    }

    @Test
    void tokensAreCountedWithoutACharge() throws Exception {
        HttpResponse<String> answer = post("gemini-3.8-flash:countTokens", CANARY, QUESTION.formatted(""));

        assertThat(answer.body()).isEqualTo("{\"totalTokens\":4}");
        assertThat(standIn.charged().prompt()).isZero();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            , "temprature": 1                                                                | 400 | Unknown name "temprature"
            , "generationConfig": {"temperature": 3}                                         | 400 | temperature
            , "generationConfig": {"maxOutputTokens": 100000}                                | 400 | max_output_tokens
            , "generationConfig": {"responseJsonSchema": {"type": "object"}}                 | 400 | application/json
            , "generationConfig": {"responseMimeType": "application/json", "responseJsonSchema": {"type": "object"}} | 400 | non-empty
            , "generationConfig": {"responseMimeType": "application/json", "responseJsonSchema": {"type": "text"}}   | 400 | Unknown type
            , "generationConfig": {"responseMimeType": "application/json", "responseJsonSchema": {"type": "string", "pattern": "a"}} | 400 | pattern
            """)
    void aWrongQuestionIsRefused(String addition, int status, String words) throws Exception {
        HttpResponse<String> answer = post("gemini-3.8-flash:generateContent", CANARY, QUESTION.formatted(addition));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words.replace("\"", "\\\"")).contains("INVALID_ARGUMENT");
    }

    @Test
    void whoeverHasNoKeyOrAsksAnotherModelIsRefused() throws Exception {
        String question = QUESTION.formatted("");

        assertThat(post("gemini-3.8-flash:generateContent", "", question).statusCode())
                .isEqualTo(403);
        assertThat(post("gemini-3.8-flash:generateContent", "wrong", question).body())
                .contains("API_KEY_INVALID");
        assertThat(post("gemini-9:generateContent", CANARY, question).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aFileThatIsNotThereIsForbidden() throws Exception {
        String question = """
                {"contents": [{"parts": [{"fileData": {"fileUri": "%s/v1beta/files/none", "mimeType": "video/mp4"}}]}]}
                """.formatted(standIn.url());

        HttpResponse<String> answer = post("gemini-3.8-flash:generateContent", CANARY, question);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("access the File none");
    }

    private HttpResponse<String> post(String method, String key, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(standIn.url() + "/v1beta/models/" + method))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("x-goog-api-key", key);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
