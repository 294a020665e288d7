package hotline.flow;

import static hotline.prompts.Prompt.DISPOSITION_NOTED;
import static hotline.prompts.Prompt.HOW_DID_IT_GO;
import static hotline.prompts.Prompt.STAFF_DESK_GONE;
import static hotline.prompts.Prompt.STAFF_GOODBYE;
import static hotline.prompts.Prompt.STAFF_TOO_LATE;
import static hotline.prompts.Prompt.TALK_SETTLED;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Flow;
import hotline.call.Questions;
import hotline.callback.Disposition;
import hotline.callback.TalkService;
import hotline.callback.TalkService.Unsaid;
import hotline.prompts.Phrase;
import java.util.Optional;
import java.util.UUID;

/** Asks a responder how a talk went: right after one with a caller who called by themselves, or a minute after any. */
public final class HowDidItGo implements Flow {

    private final TalkService talks;

    public HowDidItGo(TalkService talks) {
        this.talks = talks;
    }

    @Override
    public void run(Call call) {
        call.answer();
        try {
            var callback = call.parameter("HOTLINE_CALLBACK").map(UUID::fromString);
            var unsaid = callback.flatMap(talks::unsaid);
            if (unsaid.isPresent()) {
                var settled = call.parameter("HOTLINE_TALKED").isPresent();
                told(call, talks, unsaid.get(), settled ? settled(call) : ask(call, unsaid.get()));
            }
            call.announce(Phrase.of(STAFF_GOODBYE));
        } catch (DatabaseUnavailable e) {
            call.announce(Phrase.of(STAFF_DESK_GONE));
        }
        call.hangUp();
    }

    /** They have just hung up: does somebody have to call this caller? */
    private static Optional<Disposition> settled(Call call) {
        return Questions.choose(call, Phrase.of(TALK_SETTLED), "12")
                .map(key -> key == '1' ? Disposition.TALKED : Disposition.CALL_AGAIN);
    }

    static Optional<Disposition> ask(Call call, Unsaid unsaid) {
        return Offer.disposition(call, Phrase.of(HOW_DID_IT_GO).then(Offer.ago(unsaid.ago())));
    }

    static void told(Call call, TalkService talks, Unsaid unsaid, Optional<Disposition> said) {
        said.ifPresent(disposition -> {
            var done = talks.say(unsaid.callback(), disposition);
            call.announce(Phrase.of(done ? DISPOSITION_NOTED : STAFF_TOO_LATE));
        });
    }
}
