package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EstimateTest {
    @Test
    void aMinuteOfVideoIsSeventyTokensAFrameAndThirtyTwoASecondOfSound() {
        TokenUsage usage = estimate(clip(60, 1, true), 1000, 8192);

        assertThat(usage.video()).isEqualTo(61 * 70);
        assertThat(usage.audio()).isEqualTo(61 * 32);
    }

    @Test
    void fewerFramesAndNoSoundAreFewerTokens() {
        TokenUsage usage = estimate(clip(60, 1 / 3.0, false), 1000, 8192);

        assertThat(usage.video()).isBetween(20L * 70, 22L * 70);
        assertThat(usage.audio()).isZero();
        assertThat(estimate(clip(60, 0, true), 0, 8192).video()).isZero();
    }

    @Test
    void eachCharacterOfAnotherScriptIsReckonedAsAToken() {
        Question question = Asked.question();
        AskedDimension first = question.dimensions().getFirst();
        AskedDimension chinese = new AskedDimension(
                first.id(), first.name(), "精彩".repeat(300), first.scoringPrompt(), first.examples(), first.scale());
        Question longer = new Question(List.of(chinese), question.units(), question.mostMoments(), question.words());
        AskedDimension plain = new AskedDimension(
                first.id(), first.name(), "", first.scoringPrompt(), first.examples(), first.scale());
        Question shorter = new Question(List.of(plain), question.units(), question.mostMoments(), question.words());

        assertThat(Estimate.of(longer, 10, 1, true, 0, 8192).text()
                        - Estimate.of(shorter, 10, 1, true, 0, 8192).text())
                .isGreaterThanOrEqualTo(600);
    }

    @Test
    void theAnswerIsNotReckonedLongerThanItMayBe() {
        assertThat(estimate(clip(3600, 1, true), 1000, 500).output()).isEqualTo(500);
    }

    @Test
    void finalistsCostTheirPicturesAndTheirWords() {
        Finalist seen = new Finalist(1, "Title", "Reason", Map.of("action", 0.5), Path.of("a.jpg"));
        Finalist unseen = new Finalist(2, "Title", "Reason", Map.of("action", 0.5), null);

        TokenUsage usage = Estimate.of(List.of(seen, unseen), 0, 8192);

        assertThat(usage.video()).isEqualTo(280);
        assertThat(usage.text()).isPositive();
        assertThat(usage.output()).isEqualTo(120);
    }

    private static ProxyClip clip(double seconds, double framesPerSecond, boolean sound) {
        return new ProxyClip(Path.of("proxy.mp4"), "video/mp4", 1000, seconds, framesPerSecond, sound);
    }

    private static TokenUsage estimate(ProxyClip clip, int thinking, int mostOutput) {
        return Estimate.of(
                Asked.question(), clip.duration(), clip.framesPerSecond(), clip.sound(), thinking, mostOutput);
    }
}
