package tv.tldr.api.streams;

import java.util.Optional;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.scoring.ProcessingModules;

/** Which senses does a request want to count? */
final class ModulesReader {
    static final String NAME = "processing_modules";

    private ModulesReader() {}

    /** @param usual for what is not given */
    static ProcessingModules read(Fields options, ProcessingModules usual) {
        Optional<Fields> given = options.object(NAME);
        if (given.isEmpty()) {
            return usual;
        }
        boolean video = given.get().flag("video_analysis", usual.video());
        boolean audio = given.get().flag("audio_analysis", usual.audio());
        boolean chat = given.get().flag("chat_analysis", usual.chat());
        boolean fusion = given.get().flag("multimodal_fusion", usual.fusion());
        if (!video && !audio && !chat) {
            options.refuse(
                    NAME,
                    "must leave one of video_analysis, audio_analysis and chat_analysis on: nothing could be scored");
            return usual;
        }
        return new ProcessingModules(video, audio, chat, fusion);
    }
}
