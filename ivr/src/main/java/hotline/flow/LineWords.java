package hotline.flow;

import hotline.callback.Outcome;
import hotline.prompts.Prompt;

/** What a responder hears of a call to a caller that came to no talk. */
final class LineWords {

    private LineWords() {}

    static Prompt of(Outcome outcome) {
        return switch (outcome) {
            case BUSY -> Prompt.LINE_BUSY;
            case ANSWERED, NO_ANSWER, GIVEN_UP -> Prompt.LINE_NO_ANSWER;
            case DECLINED -> Prompt.LINE_DECLINED;
            case ANONYMOUS_REFUSED -> Prompt.LINE_ANONYMOUS_REFUSED;
            case BLOCKED -> Prompt.LINE_BLOCKED;
            case NO_SUCH_NUMBER -> Prompt.LINE_NO_SUCH_NUMBER;
            case NOT_ALLOWED -> Prompt.LINE_NOT_ALLOWED;
            case TRUNK_REFUSED -> Prompt.LINE_TRUNK_REFUSED;
            case CONGESTED, LOST -> Prompt.LINE_FAILED;
        };
    }
}
