package hotline.flow;

import hotline.base.DatabaseUnavailable;
import hotline.callback.Callback.Ask;
import hotline.callback.CallbackService;
import hotline.callback.Disposition;
import hotline.callback.OfferService;
import hotline.callback.OfferService.Offered;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Role;
import hotline.callback.StaffLineService;
import hotline.callback.StaffService;
import hotline.callback.Standing;
import hotline.callback.TalkService;
import hotline.callback.Wishes;
import hotline.tips.SpokenTips;
import hotline.tips.TipCode;
import hotline.tips.TipService;
import hotline.tips.TipStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The desks that flows talk to, kept in lists; each can be gone. */
final class Desks {

    private Desks() {}

    static final class Callbacks implements CallbackService {

        final List<Boolean> entered = new ArrayList<>();
        final List<PhoneNumber> numbers = new ArrayList<>();
        final List<Wishes> wishes = new ArrayList<>();
        final List<byte[]> names = new ArrayList<>();
        final List<PhoneNumber> cancelled = new ArrayList<>();
        final List<Request> requests = new ArrayList<>();
        int ready;
        boolean gone;
        boolean journaled;
        Promise promise = new Promise(
                UUID.randomUUID(), Instant.parse("2026-11-01T20:42:30Z"), Optional.empty(), false, Optional.empty());

        @Override
        public Entered enter(Request request) {
            serve();
            numbers.add(request.number());
            requests.add(request);
            entered.add(request.ask().confirmed());
            wishes.add(request.ask().wishes());
            return journaled ? new Journaled(promise.callback()) : promise;
        }

        @Override
        public void amend(UUID callback, Wishes amended, Optional<byte[]> spokenName) {
            serve();
            wishes.add(amended);
            spokenName.ifPresent(names::add);
        }

        @Override
        public void cancel(PhoneNumber presented) {
            serve();
            cancelled.add(presented);
        }

        @Override
        public void ready(UUID callback) {
            serve();
            ready++;
        }

        private void serve() {
            if (gone) {
                throw new DatabaseUnavailable("gone", new IllegalStateException());
            }
        }
    }

    static final class Staff implements StaffService {

        List<String> phones = List.of("6175550111", "browser");
        final List<String> languages = new ArrayList<>();
        boolean gone;

        @Override
        public List<String> phonesOnDuty(Role role, String language) {
            if (gone) {
                throw new DatabaseUnavailable("gone", new IllegalStateException());
            }
            languages.add(language);
            return phones;
        }

        @Override
        public List<String> lastKnown(Role role) {
            return phones;
        }
    }

    /** Messages that were left, deleted ones as well. */
    static final class Spoken implements SpokenTips {

        final List<String> happened = new ArrayList<>();
        boolean gone;

        @Override
        public Message begin(String language, boolean disguised) {
            if (gone) {
                throw new DatabaseUnavailable("gone", new IllegalStateException());
            }
            happened.add(disguised ? "begun disguised" : "begun");
            return new Message() {

                private int bytes;

                @Override
                public void hear(byte[] sound) {
                    bytes += sound.length;
                }

                @Override
                public boolean end() {
                    happened.add("ended");
                    return bytes > 0;
                }

                @Override
                public TipCode keep() {
                    happened.add("kept");
                    return new TipCode("583607");
                }

                @Override
                public void delete() {
                    happened.add("deleted");
                }
            };
        }
    }

    static final class Tips implements TipService {

        final Map<String, TipStatus> tips = new HashMap<>(Map.of("042917", TipStatus.RECEIVED));
        final List<Happening> happened = new ArrayList<>();
        final Deque<Mode> modes = new ArrayDeque<>();
        boolean gone;
        boolean usedUp;

        @Override
        public Mode mode() {
            serve();
            return modes.isEmpty() ? Mode.NORMAL : modes.size() == 1 ? modes.getFirst() : modes.remove();
        }

        @Override
        public CodeAnswer answer(TipCode code, String language) {
            serve();
            if (usedUp) {
                return new CodeAnswer.NotAsked();
            }
            var status = tips.getOrDefault(code.digits(), TipStatus.RETIRED);
            return status == TipStatus.RETIRED
                    ? new CodeAnswer.NotFound()
                    : new CodeAnswer.Known(status, YearMonth.of(2026, 10));
        }

        @Override
        public void count(Happening kind) {
            happened.add(kind);
        }

        private void serve() {
            if (gone) {
                throw new DatabaseUnavailable("gone", new IllegalStateException());
            }
        }
    }

    static final class Offers implements OfferService {

        final List<String> moves = new ArrayList<>();
        boolean settleFails;
        Offered offered = new Offered.Gone();
        Optional<Taken> taken = Optional.of(
                new Taken(UUID.randomUUID(), new Ask(new Wishes("es", false, false), true), Optional.empty()));
        MayDial mayDial = new MayDial.Yes(new PhoneNumber("6172345678"));

        /** So many times the caller is still on the line. */
        int onTheLine;

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
        public MayDial dial(UUID offer) {
            if (onTheLine > 0) {
                onTheLine--;
                return new MayDial.OnTheLine();
            }
            moves.add("dial");
            return mayDial;
        }

        @Override
        public void settle(UUID offer, Outcome outcome, Optional<Disposition> said) {
            if (settleFails) {
                throw new DatabaseUnavailable("gone", new IllegalStateException());
            }
            moves.add("settle " + outcome
                    + said.map(disposition -> " " + disposition.word()).orElse(""));
        }

        @Override
        public void pass(UUID offer, OfferEnd end) {
            moves.add("pass " + end);
        }
    }

    /** A talk of which Rosa has said nothing yet, or none. */
    static final class Talks implements TalkService {

        final List<String> moves = new ArrayList<>();
        Optional<Unsaid> unsaid = Optional.empty();
        boolean tooLate;
        boolean gone;

        static Talks withOne() {
            return with(UUID.randomUUID());
        }

        static Talks with(UUID callback) {
            var talks = new Talks();
            talks.unsaid = Optional.of(new Unsaid(callback, Duration.ofMinutes(3)));
            return talks;
        }

        @Override
        public Optional<UUID> begun(UUID call, String phone) {
            serve();
            moves.add("begun " + phone);
            return unsaid.map(Unsaid::callback);
        }

        @Override
        public void joined(UUID callback, Third third) {
            serve();
            moves.add("joined " + third);
        }

        @Override
        public Optional<Unsaid> unsaidBy(String person) {
            serve();
            return unsaid;
        }

        @Override
        public Optional<Unsaid> unsaid(UUID callback) {
            serve();
            return unsaid.filter(one -> one.callback().equals(callback));
        }

        @Override
        public boolean say(UUID callback, Disposition said) {
            serve();
            moves.add(said.word());
            unsaid = Optional.empty();
            return !tooLate;
        }

        private void serve() {
            if (gone) {
                throw new DatabaseUnavailable("gone", new IllegalStateException());
            }
        }
    }

    /** Rosa's code is 2001 and her PIN 730518. */
    static final class Line implements StaffLineService {

        static final Queue EMPTY = new Queue(0, Optional.empty());

        final List<String> moves = new ArrayList<>();
        Duration heldBack = Duration.ZERO;
        Picked picked = Picked.OFFERED;
        Optional<Disposition> last = Optional.empty();
        Queue queue = new Queue(
                3,
                Optional.of(new Offered.Fresh(
                        Duration.ofMinutes(40),
                        new Ask(Wishes.cautious("es"), true),
                        true,
                        2,
                        Role.RESPONDER,
                        Standing.BROKEN,
                        false)));
        boolean gone;
        boolean goneAfterSignIn;
        boolean tooLate;

        @Override
        public SignIn signIn(String code, String pin) {
            serve(gone);
            var right = code.equals("2001") && pin.equals("730518");
            return new SignIn(right ? Optional.of("rosa") : Optional.empty(), heldBack);
        }

        @Override
        public Queue waiting(String person) {
            serve(goneAfterSignIn);
            return queue;
        }

        @Override
        public Picked pick(String person, UUID offer, Optional<PhoneNumber> from) {
            serve(goneAfterSignIn);
            return picked;
        }

        @Override
        public boolean onDuty(String person) {
            serve(goneAfterSignIn);
            return true;
        }

        @Override
        public void duty(String person, boolean onDuty) {
            moves.add(person + " " + onDuty);
        }

        @Override
        public Optional<Disposition> lastSaid(String person) {
            serve(goneAfterSignIn);
            return last;
        }

        @Override
        public boolean putRight(String person, Disposition disposition) {
            moves.add(person + " " + disposition.word());
            return !tooLate;
        }

        private static void serve(boolean gone) {
            if (gone) {
                throw new DatabaseUnavailable("gone", new IllegalStateException());
            }
        }
    }
}
