package hotline.flow;

import hotline.callback.CallbackDesk;
import hotline.callback.DeskUnavailable;
import hotline.callback.Disposition;
import hotline.callback.OfferDesk;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Role;
import hotline.callback.StaffDesk;
import hotline.callback.Wishes;
import hotline.tips.TipCode;
import hotline.tips.TipDesk;
import hotline.tips.TipStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The desks that flows talk to, kept in lists; each can be gone. */
final class Desks {

    private Desks() {}

    static final class Callbacks implements CallbackDesk {

        final List<Boolean> entered = new ArrayList<>();
        final List<PhoneNumber> numbers = new ArrayList<>();
        final List<Wishes> wishes = new ArrayList<>();
        final List<byte[]> names = new ArrayList<>();
        final List<PhoneNumber> changedTo = new ArrayList<>();
        Optional<Promise> waiting = Optional.empty();
        Change change = Change.DONE;
        int cancelled;
        boolean lateNow;
        int ready;
        boolean gone;
        Promise promise = new Promise(UUID.randomUUID(), Instant.parse("2026-11-01T20:42:30Z"), true, false);

        @Override
        public Promise enter(PhoneNumber number, Wishes cautious, boolean confirmed) {
            serve();
            numbers.add(number);
            entered.add(confirmed);
            wishes.add(cautious);
            return promise;
        }

        @Override
        public void amend(UUID callback, Wishes amended, Optional<byte[]> spokenName) {
            serve();
            wishes.add(amended);
            spokenName.ifPresent(names::add);
        }

        @Override
        public Optional<Promise> waiting(PhoneNumber presented) {
            serve();
            return waiting;
        }

        @Override
        public Change cancel(UUID callback) {
            serve();
            cancelled++;
            return change;
        }

        @Override
        public Change changeNumber(UUID callback, PhoneNumber number) {
            serve();
            changedTo.add(number);
            return change;
        }

        @Override
        public void ready(UUID callback) {
            serve();
            ready++;
        }

        private void serve() {
            if (gone) {
                throw new DeskUnavailable("gone", new IllegalStateException());
            }
        }
    }

    static final class Staff implements StaffDesk {

        List<String> phones = List.of("6175550111", "browser");
        boolean gone;

        @Override
        public List<String> phonesOnDuty(Role role) {
            if (gone) {
                throw new DeskUnavailable("gone", new IllegalStateException());
            }
            return phones;
        }

        @Override
        public List<String> lastKnown(Role role) {
            return phones;
        }
    }

    static final class Tips implements TipDesk {

        final Map<String, TipStatus> tips = new HashMap<>(Map.of("042917", TipStatus.RECEIVED));
        boolean gone;

        @Override
        public Optional<TipStatus> status(TipCode code) {
            if (gone) {
                throw new DeskUnavailable("gone", new IllegalStateException());
            }
            return Optional.ofNullable(tips.get(code.digits()));
        }
    }

    static final class Offers implements OfferDesk {

        final List<String> moves = new ArrayList<>();
        Offered offered = new Offered.Gone();
        Optional<Taken> taken =
                Optional.of(new Taken(UUID.randomUUID(), new Wishes("es", false, false), Optional.empty()));
        Optional<PhoneNumber> number = PhoneNumber.of("6172345678");

        @Override
        public Offered answered(UUID offer) {
            return offered;
        }

        @Override
        public Optional<Taken> take(UUID offer) {
            moves.add("take");
            return taken;
        }

        @Override
        public Optional<PhoneNumber> dial(UUID offer) {
            moves.add("dial");
            return number;
        }

        @Override
        public void settle(UUID offer, Outcome outcome, Optional<Disposition> said) {
            moves.add("settle " + outcome + said.map(it -> " " + it.word()).orElse(""));
        }

        @Override
        public void pass(UUID offer, OfferEnd end) {
            moves.add("pass " + end);
        }
    }
}
