package hotline.flow;

import static hotline.prompts.Prompt.CONNECTING_NOW;
import static hotline.prompts.Prompt.CONNECT_OFFER;
import static hotline.prompts.Prompt.MORE_PLACES;
import static hotline.prompts.Prompt.ONCE_MORE;
import static hotline.prompts.Prompt.PLACE_DID_NOT_ANSWER;
import static hotline.prompts.Prompt.PRESS_1;
import static hotline.prompts.Prompt.PRESS_2;
import static hotline.prompts.Prompt.PRESS_3;
import static hotline.prompts.Prompt.REFERRALS_INTRO;
import static hotline.prompts.Prompt.REFERRAL_NUMBER_IS;

import hotline.call.Call;
import hotline.call.Dial;
import hotline.call.Dialled.Result;
import hotline.call.Questions;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Other help: places to turn to, three at a time; each number in groups, twice, and a connection on request. */
public final class Referrals {

    private static final List<Prompt> PRESS = List.of(PRESS_1, PRESS_2, PRESS_3);
    private static final Duration RINGS = Duration.ofSeconds(45);

    private final List<Referral> referrals;
    private final String shownNumber;

    /** @param shownNumber ten digits: the line that the connection comes from, for the network alone */
    public Referrals(List<Referral> referrals, String shownNumber) {
        this.referrals = List.copyOf(referrals);
        this.shownNumber = shownNumber;
    }

    /**
     * A place to turn to.
     *
     * @param name the prompt that says its name
     * @param number ten digits
     */
    public record Referral(Prompt name, String number) {}

    /**
     * Offers the places page by page.
     *
     * @return whether the call is done: the caller talked with a place; otherwise they come back to the menu
     */
    public boolean offer(Call call) {
        call.say(Phrase.of(REFERRALS_INTRO));
        return choose(call).filter(place -> say(call, place)).isPresent();
    }

    /** Names the places, three at a time. */
    Optional<Referral> choose(Call call) {
        for (var first = 0; first < referrals.size(); first += PRESS.size()) {
            var page = referrals.subList(first, Math.min(first + PRESS.size(), referrals.size()));
            var more = first + PRESS.size() < referrals.size();
            var keys = "1230".substring(0, page.size()) + (more ? "4" : "");
            var key = Questions.choose(call, words(page, more), keys);
            if (key.isEmpty()) {
                return Optional.empty();
            } else if (key.get() != '4') {
                return Optional.of(page.get(key.get() - '1'));
            }
        }
        return Optional.empty();
    }

    /** How a place is called, for whom it may concern: nobody sees a number. */
    Dial.Outside dial(Referral place) {
        return new Dial.Outside(place.number(), shownNumber, true, RINGS);
    }

    private static Phrase words(List<Referral> page, boolean more) {
        var words = new Phrase(List.of());
        for (var place = 0; place < page.size(); place++) {
            words = words.then(page.get(place).name(), PRESS.get(place));
        }
        return more ? words.then(MORE_PLACES) : words;
    }

    private boolean say(Call call, Referral place) {
        var number = Phrase.inGroups(place.number(), 3, 3, 4);
        call.say(Phrase.of(REFERRAL_NUMBER_IS).then(number).then(ONCE_MORE).then(number));
        var connect = Questions.choose(call, Phrase.of(CONNECT_OFFER), "1*").orElse('*') == '1';
        if (!connect) {
            return false;
        }
        call.say(Phrase.of(CONNECTING_NOW));
        var dialled = call.dial(dial(place));
        if (dialled.result() == Result.ANSWERED) {
            return true;
        }
        call.announce(Phrase.of(PLACE_DID_NOT_ANSWER));
        return false;
    }
}
