package hotline.callback.dispatch;

import hotline.callback.Callback.NotSaid;
import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Talks of which nobody has said how they went: whose word it is is called once; later a supervisor decides. */
final class UnsaidTalks {

    /** Whose phone cannot be called now may be free by then. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final LedgerTransaction page;
    private final String node;
    private final Set<String> busy;
    private final List<Question> questions = new ArrayList<>();

    /** @param busy phones that are on a call of another kind */
    UnsaidTalks(LedgerTransaction page, String node, Set<String> busy) {
        this.page = page;
        this.node = node;
        this.busy = busy;
    }

    List<Question> questions() {
        return List.copyOf(questions);
    }

    /** @param callerIsOn whether the caller called by themselves, and that call goes on */
    void look(NotSaid notSaid, Instant now, boolean callerIsOn) {
        var id = notSaid.facts().id();
        if (callerIsOn) {
            page.save(notSaid.talking(now), Optional.of(now.plus(AGAIN)), false);
        } else if (!now.isBefore(notSaid.since().plus(NotSaid.DECIDED_AFTER))) {
            page.save(notSaid.leave(now), now);
            page.note(id, now, "needs_decision", "nobody said whether they talked");
        } else if (notSaid.called() || now.isBefore(notSaid.since().plus(NotSaid.CALLED_AFTER))) {
            page.save(notSaid, notSaid.lookAt(now), false);
        } else {
            call(notSaid, now);
        }
    }

    private void call(NotSaid notSaid, Instant now) {
        var id = notSaid.facts().id();
        var phone = page.person(notSaid.responder(), node)
                .filter(person -> !person.ringing() && !person.elsewhere() && !busy.contains(person.phone()))
                .map(Person::phone)
                .filter(text -> questions.stream().map(Question::phone).noneMatch(text::equals));
        phone.ifPresentOrElse(
                text -> {
                    var asked = notSaid.ask();
                    page.save(asked, asked.lookAt(now), false);
                    page.note(id, now, "asked_how_it_went", notSaid.responder());
                    questions.add(new Question(id, text));
                },
                () -> page.save(notSaid, Optional.of(now.plus(AGAIN)), false));
    }
}
