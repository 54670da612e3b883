package tv.tldr.activities.gemini;

import com.google.genai.types.GenerateContentResponse;
import java.util.function.BiFunction;
import java.util.function.Function;
import tv.tldr.activities.gemini.Outcome.Reason;

/**
 * How is an answer had that can be used? By asking once, and once more with what was wrong with the first answer.
 *
 * @param <T> what the answer says
 */
final class Asking<T> {
    private static final int ATTEMPTS = 2;

    private final BiFunction<Conversation, Patience, GenerateContentResponse> model;
    private final Function<String, Reading<T>> reader;

    Asking(BiFunction<Conversation, Patience, GenerateContentResponse> model, Function<String, Reading<T>> reader) {
        this.model = model;
        this.reader = reader;
    }

    /**
     * @param fault what is wrong with it, for the model
     * @param told the same for people
     */
    private record Fault(Reason reason, String fault, String told, String answer) {
        String explanation() {
            return reason == Reason.BLOCKED ? told : "the model's answer cannot be used: " + told;
        }
    }

    Outcome<T> ask(Conversation begun, CallMeter.Account account, Patience patience) {
        Conversation conversation = begun;
        for (int attempt = 1; ; attempt++) {
            Reply reply = account.charge(conversation, patience, model);
            Fault fault;
            switch (reply) {
                case Reply.Text(String text) -> {
                    switch (reader.apply(text)) {
                        case Reading.Usable<T>(T answer) -> {
                            return account.answered(answer);
                        }
                        case Reading.Malformed<T>(String why, String told) ->
                            fault = new Fault(Reason.MALFORMED, why, told, text);
                    }
                }
                case Reply.Blocked(String why) -> fault = new Fault(Reason.BLOCKED, why, why, "");
                case Reply.Empty() -> fault = new Fault(Reason.EMPTY, "there is none", "it is empty", "");
                case Reply.CutOff() ->
                    fault = new Fault(
                            Reason.CUT_OFF,
                            "it was cut off because it is too long: name fewer moments and write shorter sentences",
                            "it is longer than it may be",
                            "");
            }
            if (attempt == ATTEMPTS) {
                return account.unusable(fault.reason(), fault.explanation());
            }
            conversation = conversation.repairing(fault.answer(), fault.fault());
        }
    }
}
