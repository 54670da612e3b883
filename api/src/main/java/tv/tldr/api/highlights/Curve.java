package tv.tldr.api.highlights;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/** One signal over time, a value a second; a second without a value is {@code null} on the wire. */
@JsonSerialize(using = Curve.Writer.class)
final class Curve {
    private final float[] values;

    Curve(float[] values) {
        this.values = values;
    }

    /** JSON knows no NaN. */
    static final class Writer extends ValueSerializer<Curve> {
        @Override
        public void serialize(Curve curve, JsonGenerator generator, SerializationContext context) {
            generator.writeStartArray(curve, curve.values.length);
            for (float value : curve.values) {
                if (Float.isFinite(value)) {
                    generator.writeNumber(value);
                } else {
                    generator.writeNull();
                }
            }
            generator.writeEndArray();
        }
    }
}
