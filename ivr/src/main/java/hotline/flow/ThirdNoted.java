package hotline.flow;

import hotline.base.DatabaseUnavailable;
import hotline.call.Call;
import hotline.callback.TalkService;
import hotline.callback.TalkService.Third;
import java.util.UUID;

/** Has the history of a call-back show who joined a talk about it. A talk about none, as on the tip line, leaves no trace. */
public final class ThirdNoted {

    private final TalkService talks;

    public ThirdNoted(TalkService talks) {
        this.talks = talks;
    }

    void joined(Call call, Third third) {
        call.parameter("HOTLINE_CALLBACK").map(UUID::fromString).ifPresent(callback -> joined(callback, third));
    }

    void joined(UUID callback, Third third) {
        try {
            talks.joined(callback, third);
        } catch (DatabaseUnavailable e) {
            // They talk all the same.
        }
    }
}
