package tv.tldr.api.streams;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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
     * @param unsaid for what is not given
     */
    static Fusion read(Fields options, ProcessingModules modules, Unsaid unsaid) {
        Optional<Fields> given = options.object("fusion");
        if (given.isPresent() && !modules.fusion()) {
            options.refuse(
                    "fusion",
                    "must not be given while processing_modules.multimodal_fusion is false: senses are not fused then;"
                            + " leave it out, or set multimodal_fusion to true");
        }
        return given.map(fusion -> read(fusion, unsaid))
                .orElse(unsaid.of(options, "fusion").fusion());
    }

    private static Fusion read(Fields fusion, Unsaid unsaid) {
        Map<Modality, Double> weights =
                new EnumMap<>(unsaid.of(fusion, "weights").fusion().weights());
        fusion.object("weights").ifPresent(given -> {
            for (Modality modality : Modality.values()) {
                double usual = Objects.requireNonNull(
                        unsaid.of(given, modality.wire()).fusion().weights().get(modality));
                weights.put(modality, given.number(modality.wire(), usual, 0, HEAVIEST));
            }
        });
        if (weights.values().stream().allMatch(weight -> weight == 0)) {
            fusion.refuse("weights", "must not all be 0: nobody would be listened to");
            weights.putAll(Fusion.USUAL_WEIGHTS);
        }
        return new Fusion(
                fusion.choice("strategy", FusionStrategy.class)
                        .orElse(unsaid.of(fusion, "strategy").fusion().strategy()),
                weights,
                fusion.integer("min_modalities", 2, Modality.values().length)
                        .orElse(unsaid.of(fusion, "min_modalities").fusion().agreeing()),
                fusion.number(
                        "agreement_threshold",
                        unsaid.of(fusion, "agreement_threshold").fusion().agreement(),
                        0,
                        1),
                fusion.choices("order", Modality.class)
                        .filter(order -> !order.isEmpty())
                        .orElse(unsaid.of(fusion, "order").fusion().order()),
                fusion.number(
                        "confidence_threshold",
                        unsaid.of(fusion, "confidence_threshold").fusion().sure(),
                        0,
                        1));
    }
}
