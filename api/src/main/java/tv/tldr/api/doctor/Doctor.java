package tv.tldr.api.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is wrong with an installation? Every area is looked at at the same time, and none for longer than the limit. */
public final class Doctor {
    private final List<Examiner> examiners;
    private final Limits limits;

    public Doctor(Patient patient, Limits limits) {
        this.limits = limits;
        this.examiners = List.of(
                new SettingsExaminer(patient),
                new ProcessExaminer(patient, limits),
                new DatabaseExaminer(patient, limits),
                new TemporalExaminer(patient, limits),
                new GeminiExaminer(patient),
                new ResultsExaminer(patient),
                new StorageExaminer(patient),
                new MediaExaminer(patient),
                new MachineExaminer(patient, limits),
                new WebhookExaminer(patient));
    }

    /** @param only of these checks; empty: of all */
    public Diagnosis examine(Set<String> only) {
        long begun = System.nanoTime();
        List<Running> running = examiners.stream()
                .filter(examiner -> only.isEmpty()
                        || CheckCatalogue.ofArea(examiner.area()).stream().anyMatch(only::contains))
                .map(Running::start)
                .toList();
        List<Finding> findings = new ArrayList<>();
        Map<String, String> passedOver = new LinkedHashMap<>();
        List<String> healthy = new ArrayList<>();
        for (Running each : running) {
            each.await(begun + limits.patience().toNanos() - System.nanoTime());
            findings.addAll(each.chart().findings());
            passedOver.putAll(each.chart().passedOver());
            healthy.addAll(CheckCatalogue.ofArea(each.examiner().area()));
        }
        if (!only.isEmpty()) {
            passedOver.keySet().retainAll(only);
            // What stands in the way of one that is wanted is told, too.
            findings.removeIf(finding -> !only.contains(finding.check().id())
                    && !passedOver.containsValue("see " + finding.check().id()));
            healthy.retainAll(only);
        }
        findings.forEach(finding -> healthy.remove(finding.check().id()));
        healthy.removeAll(passedOver.keySet());
        return new Diagnosis(
                findings, passedOver, healthy, !only.isEmpty(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private record Running(Examiner examiner, Chart chart, FutureTask<Void> task) {
        static Running start(Examiner examiner) {
            Chart chart = new Chart();
            FutureTask<Void> task = new FutureTask<>(() -> {
                examiner.examine(chart);
                return null;
            });
            // Not virtual ones: what is loaded for the first time holds their few carriers.
            Thread.ofPlatform().daemon().name("doctor-" + examiner.area()).start(task);
            return new Running(examiner, chart, task);
        }

        void await(long nanos) {
            try {
                task.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
            } catch (TimeoutException slow) {
                task.cancel(true);
                chart.passOver(Diagnosis.TOO_SLOW, CheckCatalogue.ofArea(examiner.area()));
            } catch (ExecutionException unforeseen) {
                // Only the kind of it: what others say in a failure may hold anything.
                String why = unforeseen.getCause() == null
                        ? "failed"
                        : "failed: " + unforeseen.getCause().getClass().getSimpleName();
                chart.passOver(why, CheckCatalogue.ofArea(examiner.area()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                chart.passOver("interrupted", CheckCatalogue.ofArea(examiner.area()));
            }
        }
    }
}
