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
        DataConverter plain = Payloads.dataConverter();
        return PayloadKeys.of(properties.payloadKeys())
                .<DataConverter>map(keys -> new CodecDataConverter(plain, List.of(new PayloadCipher(keys)), true))
                .orElse(plain);
    }
}
