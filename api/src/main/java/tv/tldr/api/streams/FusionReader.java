package tv.tldr.api.streams;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.Fusion;
import tv.tldr.workflows.scoring.FusionStrategy;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.signal.Modality;

/** How does a request want its senses fused? */
final class FusionReader {
    private static final double HEAVIEST = 100;

    private FusionReader() {}

    /**
     * @param modules of which fusing may be off: then there is nothing to say about it
     * @param usual for what is not given
     */
    static Fusion read(Fields options, ProcessingModules modules, Fusion usual) {
        Optional<Fields> given = options.object("fusion");
        if (given.isPresent() && !modules.fusion()) {
            options.refuse(
                    "fusion",
                    "must not be given while processing_modules.multimodal_fusion is false: senses are not fused then;"
                            + " leave it out, or set multimodal_fusion to true");
        }
        return given.map(fusion -> read(fusion, usual)).orElse(usual);
    }

    private static Fusion read(Fields fusion, Fusion usual) {
        Map<Modality, Double> weights = new EnumMap<>(usual.weights());
        fusion.object("weights").ifPresent(given -> {
            for (Modality modality : Modality.values()) {
                given.number(modality.wire(), 0, HEAVIEST).ifPresent(weight -> weights.put(modality, weight));
            }
        });
        if (weights.values().stream().allMatch(weight -> weight == 0)) {
            fusion.refuse("weights", "must not all be 0: nobody would be listened to");
            weights.putAll(Fusion.USUAL_WEIGHTS);
        }
        return new Fusion(
                fusion.choice("strategy", FusionStrategy.class).orElse(usual.strategy()),
                weights,
                fusion.integer("min_modalities", 2, Modality.values().length).orElse(usual.agreeing()),
                fusion.number("agreement_threshold", usual.agreement(), 0, 1),
                fusion.choices("order", Modality.class)
                        .filter(order -> !order.isEmpty())
                        .orElse(usual.order()),
                fusion.number("confidence_threshold", usual.sure(), 0, 1));
    }
}
