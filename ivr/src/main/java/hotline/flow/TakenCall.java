package hotline.flow;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.call.Flow;
import hotline.callback.TalkService;
import hotline.callback.TalkService.Third;
import java.util.Optional;
import java.util.UUID;

/**
 * A staff phone's leg, before it is connected with a caller who is on the line: a call-back that waits for this caller is
 * this person's from now on, unless a colleague hands the caller on to them.
 */
public final class TakenCall implements Flow {

    private final TalkService talks;
    private final ThirdNoted noted;

    public TakenCall(TalkService talks) {
        this.talks = talks;
        noted = new ThirdNoted(talks);
    }

    /** Quickly: the caller waits. */
    @Override
    public void run(Call call) {
        phone(call)
                .ifPresent(phone -> call.parameter("HOTLINE_TALK_OF")
                        .map(UUID::fromString)
                        .ifPresentOrElse(
                                callback -> noted.joined(callback, new Third.Colleague(phone)),
                                () -> taken(call, phone)));
    }

    private void taken(Call call, String phone) {
        try {
            call.parameter("HOTLINE_CALL")
                    .flatMap(caller -> talks.begun(UUID.fromString(caller), phone))
                    .ifPresent(callback -> call.give("HOTLINE_CALLBACK", callback.toString()));
        } catch (DatabaseUnavailable e) {
            // They talk all the same.
        }
    }

    /** Of this leg, as it stands with its owner. */
    static Optional<String> phone(Call call) {
        return call.parameter("HOTLINE_PHONE").map(text -> text.replaceFirst("^1(?=\\d{10}$)", ""));
    }
}
