package tv.tldr.workflows;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;

/** How are the contracts written into Temporal's payloads? As JSON in which a reader passes over what it does not know. */
public final class Payloads {
    private Payloads() {}

    /** The converter of every client and worker: two versions of the program that run side by side understand each other. */
    public static DataConverter dataConverter() {
        ObjectMapper json = JacksonJsonPayloadConverter.newDefaultObjectMapper()
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        return DefaultDataConverter.newDefaultInstance()
                .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(json));
    }
}
