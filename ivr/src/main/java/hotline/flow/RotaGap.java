package hotline.flow;

import static hotline.prompts.Prompt.OFFER_SEEN;
import static hotline.prompts.Prompt.PRESS_2_IF_SEEN;
import static hotline.prompts.Prompt.ROTA_GAP;
import static hotline.prompts.Prompt.STAFF_DESK_GONE;
import static hotline.prompts.Prompt.STAFF_GOODBYE;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Flow;
import hotline.call.Questions;
import hotline.callback.AlertService;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;

/** A supervisor's leg: nobody is on duty to call back, now or within the hour. Only a 2 ends the calls about it. */
public final class RotaGap implements Flow {

    private final AlertService desk;

    public RotaGap(AlertService desk) {
        this.desk = desk;
    }

    @Override
    public void run(Call call) {
        var alert = Long.parseLong(call.parameter("HOTLINE_ALERT").orElseThrow());
        call.answer();
        if (Questions.choose(call, Phrase.of(ROTA_GAP, PRESS_2_IF_SEEN), "2").isPresent()) {
            call.announce(Phrase.of(seen(alert)));
        }
        call.announce(Phrase.of(STAFF_GOODBYE));
        call.hangUp();
    }

    private Prompt seen(long alert) {
        try {
            desk.seen(alert);
            return OFFER_SEEN;
        } catch (DatabaseUnavailable e) {
            return STAFF_DESK_GONE;
        }
    }
}
