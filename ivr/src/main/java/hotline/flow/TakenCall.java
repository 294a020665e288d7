package hotline.flow;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Flow;
import hotline.callback.TalkService;
import java.util.UUID;

/**
 * A staff phone's leg, before it is connected with a caller who is on the line: a call-back that waits for this caller is
 * this person's from now on.
 */
public final class TakenCall implements Flow {

    private final TalkService talks;

    public TakenCall(TalkService talks) {
        this.talks = talks;
    }

    /** Quickly: the caller waits. */
    @Override
    public void run(Call call) {
        var caller = call.parameter("HOTLINE_CALL").map(UUID::fromString);
        var phone = call.parameter("HOTLINE_PHONE").map(text -> text.replaceFirst("^1(?=\\d{10}$)", ""));
        if (caller.isPresent() && phone.isPresent()) {
            try {
                talks.begun(caller.get(), phone.get())
                        .ifPresent(callback -> call.give("HOTLINE_CALLBACK", callback.toString()));
            } catch (DatabaseUnavailable e) {
                // They talk all the same.
            }
        }
    }
}
