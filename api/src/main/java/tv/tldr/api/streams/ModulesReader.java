package tv.tldr.api.streams;

import java.util.Optional;
import java.util.function.Predicate;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.ProcessingModules;

/** Which senses does a request want to count? */
final class ModulesReader {
    static final String NAME = "processing_modules";

    private ModulesReader() {}

    /** @param unsaid for what is not given */
    static ProcessingModules read(Fields options, Unsaid unsaid) {
        Optional<Fields> given = options.object(NAME);
        ProcessingModules usual = unsaid.of(options, NAME).modules();
        if (given.isEmpty()) {
            return usual;
        }
        boolean video = flag(given.get(), "video_analysis", unsaid, ProcessingModules::video);
        boolean audio = flag(given.get(), "audio_analysis", unsaid, ProcessingModules::audio);
        boolean chat = flag(given.get(), "chat_analysis", unsaid, ProcessingModules::chat);
        boolean fusion = flag(given.get(), "multimodal_fusion", unsaid, ProcessingModules::fusion);
        if (!video && !audio && !chat) {
            options.refuse(
                    NAME,
                    "must leave one of video_analysis, audio_analysis and chat_analysis on: nothing could be scored");
            return usual;
        }
        return new ProcessingModules(video, audio, chat, fusion);
    }

    private static boolean flag(Fields modules, String name, Unsaid unsaid, Predicate<ProcessingModules> module) {
        return modules.flag(name, module.test(unsaid.of(modules, name).modules()));
    }
}
