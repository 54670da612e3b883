package tv.tldr.api.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import tv.tldr.api.embedded.SettingProblem;

/** What is wrong with an installation? Every area is looked at at the same time, and none for longer than the limit. */
public final class Doctor {
    private static final String WRONG = "see settings-wrong";

    private final Patient patient;
    private final List<Examiner> examiners;
    private final Limits limits;

    public Doctor(Patient patient, Limits limits) {
        this.patient = patient;
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

    /** @param only of these checks, as they were named; empty: of all */
    public Diagnosis examine(Set<String> only) {
        return examine(only, only);
    }

    /**
     * @param only of these checks; empty: of all
     * @param named those of them that somebody has named, and wants to know about
     */
    public Diagnosis examine(Set<String> only, Set<String> named) {
        long begun = System.nanoTime();
        Set<String> wrong =
                patient.problems().stream().map(SettingProblem::name).collect(Collectors.toSet());
        List<Running> running = wanted(only, wrong).stream()
                .map(examiner -> Running.start(examiner, wrong))
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
        return new Diagnosis(findings, passedOver, healthy, named, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** With the one that tells of wrong settings, where such stand in the way of what is wanted. */
    private List<Examiner> wanted(Set<String> only, Set<String> wrong) {
        List<Examiner> wanted = examiners.stream()
                .filter(examiner -> only.isEmpty()
                        || CheckCatalogue.ofArea(examiner.area()).stream().anyMatch(only::contains))
                .toList();
        boolean barred = wanted.stream().anyMatch(examiner -> !Collections.disjoint(examiner.settings(), wrong));
        return examiners.stream()
                .filter(examiner -> wanted.contains(examiner) || (barred && examiner instanceof SettingsExaminer))
                .toList();
    }

    /** @param wrong names of settings that are */
    private record Running(Examiner examiner, Chart chart, Set<String> wrong, FutureTask<Void> task) {
        static Running start(Examiner examiner, Set<String> wrong) {
            Chart chart = new Chart();
            FutureTask<Void> task = new FutureTask<>(() -> {
                if (Collections.disjoint(examiner.settings(), wrong)) {
                    examiner.examine(chart);
                } else {
                    chart.passOver(WRONG, CheckCatalogue.ofArea(examiner.area()));
                }
                return null;
            });
            // Not virtual ones: what is loaded for the first time holds their few carriers.
            Thread.ofPlatform().daemon().name("doctor-" + examiner.area()).start(task);
            return new Running(examiner, chart, wrong, task);
        }

        void await(long nanos) {
            try {
                task.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
            } catch (TimeoutException slow) {
                task.cancel(true);
                chart.passOver(Diagnosis.TOO_SLOW, CheckCatalogue.ofArea(examiner.area()));
            } catch (ExecutionException unforeseen) {
                // Only the kind of it: what others say in a failure may hold anything.
                String kind = unforeseen.getCause() == null
                        ? ""
                        : " (" + unforeseen.getCause().getClass().getSimpleName() + ")";
                chart.passOver(
                        wrong.isEmpty()
                                ? "the look at it was broken off, which is a fault of this program" + kind
                                : WRONG,
                        CheckCatalogue.ofArea(examiner.area()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                chart.passOver("interrupted", CheckCatalogue.ofArea(examiner.area()));
            }
        }
    }
}
