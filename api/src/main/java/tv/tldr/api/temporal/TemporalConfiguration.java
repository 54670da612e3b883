package tv.tldr.api.temporal;

import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tv.tldr.workflows.Payloads;

/** What do the starter's client and workers have of ours? They take up the only bean of each type. */
@Configuration(proxyBeanMethods = false)
class TemporalConfiguration {
    @Bean
    DataConverter dataConverter(TemporalProperties properties) {
        return converter(properties.payloadKeys());
    }

    /** @param payloadKeys each {@code id:key}; empty: payloads are not encrypted */
    static DataConverter converter(List<String> payloadKeys) {
        DataConverter plain = Payloads.dataConverter();
        return PayloadKeys.of(payloadKeys)
                .<DataConverter>map(keys -> new CodecDataConverter(plain, List.of(new PayloadCipher(keys)), true))
                .orElse(plain);
    }
}
