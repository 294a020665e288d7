package hotline.callback.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.DatabaseUnavailable;
import hotline.callback.AreaCodes;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.dispatch.Legs;
import hotline.callback.dispatch.Ring;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialler on a real wire, with a manager interface in every mood. */
final class AmiDiallerTest {

    private static final UUID OFFER = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final String LEG = "offer-" + OFFER;
    private static final Duration AT_ONCE = Duration.ofMillis(1_500);

    private final Told told = new Told();
    private volatile Supplier<List<String>> onDuty = List::of;
    private FakeManager manager;
    private AmiDialler dialler;

    @BeforeEach
    void begins() throws IOException {
        manager = new FakeManager();
        dialler = new AmiDialler(manager.address(), told, () -> onDuty.get());
    }

    @AfterEach
    void ends() throws IOException {
        dialler.close();
        manager.close();
    }

    @Test
    void a_refused_login_is_tried_again_and_again() throws InterruptedException {
        manager.refuses.add("Login");
        dialler.start();
        manager.asked("Login");
        manager.asked("Login");
        assertFalse(dialler.ready());
        manager.refuses.clear();
        eventually(dialler::ready);
    }

    @Test
    void it_is_ready_only_after_it_has_learned_which_legs_live() throws InterruptedException {
        manager.ignores.add("CoreShowChannels");
        dialler.start();
        var question = manager.asked("CoreShowChannels");
        assertFalse(dialler.ready());
        assertFalse(dialler.knowsItsLegs());
        manager.answer(question);
        eventually(dialler::ready);
        assertTrue(dialler.knowsItsLegs());
    }

    @Test
    void a_refused_question_says_nothing_about_the_legs_and_is_asked_again() throws InterruptedException {
        manager.refuses.add("CoreShowChannels");
        manager.channels = List.of(LEG);
        dialler.start();
        manager.asked("CoreShowChannels");
        assertFalse(dialler.knowsItsLegs());
        manager.refuses.clear();
        assertEquals(Set.of(OFFER), told.alive());
    }

    @Test
    void half_a_list_says_nothing_about_the_legs() throws InterruptedException {
        manager.ignores.add("CoreShowChannels");
        manager.channels = List.of(LEG, "offer-" + OTHER);
        dialler.start();
        var question = manager.asked("CoreShowChannels");
        manager.agree(question, "EventList: start");
        manager.list(question, LEG);
        manager.ignores.clear();
        manager.hangUp();
        assertEquals(Set.of(OFFER, OTHER), told.alive());
    }

    @Test
    void of_the_channels_that_are_up_only_staff_legs_are_told() throws InterruptedException {
        manager.channels = List.of("1760000000.7", LEG, "offer-garbage", "offer-", OTHER.toString());
        dialler.start();
        assertEquals(Set.of(OFFER), told.alive());
    }

    @Test
    void the_phones_that_talk_with_a_caller_on_the_line_are_busy() throws InterruptedException {
        manager.channels = List.of(
                "Local/0@ring-staff-00000001;1",
                "Local/0@ring-staff-00000001;2 PJSIP/16175550101@trunk,25,gU(screen)",
                "Local/0@ring-staff-00000002;2 PJSIP/browser,25,gU(screen)",
                "Local/1@ring-staff-00000003;2 PJSIP/desk7,25,gU(screen)",
                "Local/1@ring-staff-00000004;2 8",
                "Local/0@somewhere-else-1;2 PJSIP/16175550102@trunk,25",
                "call-of-6175550103-" + OTHER,
                LEG);
        ready();
        assertEquals(Set.of("6175550101", "browser", "desk7", "6175550103"), dialler.busy());
        manager.channels = List.of();
        eventually(() -> dialler.busy().isEmpty());
        assertTrue(dialler.sinceCall("desk7").orElseThrow().compareTo(Duration.ofMinutes(1)) < 0);
        assertTrue(dialler.sinceCall("6175550102").isEmpty());
    }

    @Test
    void the_phone_from_which_somebody_has_called_in_to_work_is_busy() throws InterruptedException {
        manager.channels = List.of("PJSIP/staff-line-00000001 +16175550101", "PJSIP/trauma-line-00000002 +16175550102");
        ready();
        assertEquals(Set.of("6175550101"), dialler.busy());
    }

    @Test
    void a_line_of_ours_is_called_and_hung_up_again_without_any_phone() throws Exception {
        ready();
        var answered = dialler.callLine("16174310125@trauma-line", "synthetic-1");
        var asked = manager.asked("Originate");
        assertEquals("Local/16174310125@trauma-line/n", asked.get("channel"));
        assertEquals("synthetic-1", asked.get("channelid"));
        assertEquals("Wait", asked.get("application"));
        manager.say("Event: OriginateResponse", "Response: Success", "Uniqueid: synthetic-1", "Reason: 4");
        assertTrue(answered.get(10, TimeUnit.SECONDS));
    }

    @Test
    void a_line_that_does_not_answer_or_cannot_be_called_is_told() throws Exception {
        ready();
        var silent = dialler.callLine("16174310125@trauma-line", "synthetic-2");
        manager.asked("Originate");
        manager.say("Event: OriginateResponse", "Response: Failure", "Uniqueid: synthetic-2", "Reason: 3");
        assertFalse(silent.get(10, TimeUnit.SECONDS));
        manager.refuses.add("Originate");
        assertFalse(dialler.callLine("16174310125@trauma-line", "synthetic-3").get(10, TimeUnit.SECONDS));
    }

    @Test
    void no_living_leg_is_told_too() throws InterruptedException {
        dialler.start();
        assertEquals(Set.of(), told.alive());
    }

    @Test
    void a_phone_that_rings_for_nothing_is_stopped() throws InterruptedException {
        told.forNothing = Set.of(OFFER);
        manager.channels = List.of(LEG, "offer-" + OTHER);
        dialler.start();
        assertEquals(LEG, manager.asked("Hangup").get("channel"));
    }

    @Test
    void after_a_dropped_connection_it_logs_in_and_looks_at_the_legs_again() throws InterruptedException {
        ready();
        assertEquals(Set.of(), told.alive());
        manager.channels = List.of(LEG);
        manager.refuses.add("Login");
        manager.hangUp();
        eventually(() -> !dialler.ready());
        manager.refuses.clear();
        assertEquals(Set.of(OFFER), told.alive());
        eventually(dialler::ready);
    }

    @Test
    void whatever_stops_one_look_another_follows() throws InterruptedException {
        var failures = new LinkedBlockingQueue<RuntimeException>(List.of(
                new DatabaseUnavailable("the database is gone", new IOException()),
                new IllegalArgumentException("a bug")));
        onDuty = () -> {
            @Nullable RuntimeException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return List.of("6175550101");
        };
        dialler.start();
        assertEquals("6175550101", set("STAFF_0").get("value"));
    }

    @Test
    void the_phones_on_duty_are_left_behind_in_asterisk() throws InterruptedException {
        onDuty = () -> List.of("6175550101", "browser", "desk7");
        dialler.start();
        assertEquals("6175550101-browser-desk7", set("STAFF_0").get("value"));
        assertEquals("3", set("STAFF_COUNT").get("value"));
    }

    @Test
    void five_hundred_phones_reach_asterisk_whole_and_only_what_changes_is_written_again() throws InterruptedException {
        var phones = IntStream.range(0, 500).mapToObj("617555%04d"::formatted).toList();
        onDuty = () -> phones;
        dialler.start();
        assertEquals("500", set("STAFF_COUNT").get("value"));
        assertEquals(String.join("-", phones.subList(450, 500)), manager.variable("STAFF_9"));
        onDuty = () -> phones.subList(0, 60);
        assertEquals(String.join("-", phones.subList(50, 60)), set("STAFF_1").get("value"));
        assertEquals("60", set("STAFF_COUNT").get("value"));
        eventually(() -> IntStream.range(2, 10)
                .allMatch(fifty -> manager.variable("STAFF_" + fifty).isEmpty()));
    }

    @Test
    void a_longer_list_that_another_server_left_behind_is_emptied() throws InterruptedException {
        manager.set("STAFF_0", "6175550101");
        manager.set("STAFF_1", "6175550102");
        manager.set("STAFF_COUNT", "51");
        onDuty = () -> List.of("6175550101");
        dialler.start();
        assertEquals("1", set("STAFF_COUNT").get("value"));
        eventually(() -> manager.variable("STAFF_1").isEmpty());
        assertEquals("6175550101", manager.variable("STAFF_0"));
    }

    @Test
    void an_asterisk_that_was_started_anew_is_told_again() throws InterruptedException {
        onDuty = () -> List.of("6175550101");
        ready();
        set("STAFF_COUNT");
        manager.forget();
        manager.hangUp();
        assertEquals("6175550101", set("STAFF_0").get("value"));
        assertEquals("1", set("STAFF_COUNT").get("value"));
    }

    @Test
    void what_asterisk_did_not_take_is_told_again() throws InterruptedException {
        manager.refuses.add("SetVar");
        onDuty = () -> List.of("6175550101");
        dialler.start();
        set("STAFF_COUNT");
        manager.refuses.clear();
        eventually(() -> manager.variable("STAFF_COUNT").equals("1"));
        assertEquals("6175550101", manager.variable("STAFF_0"));
    }

    @Test
    void area_codes_that_were_added_at_the_desk_are_told_to_asterisk() throws InterruptedException {
        AreaCodes.setAtDesk(Set.of("357"));
        try {
            dialler.start();
            assertEquals("357", set("AREA_CODES_ADDED").get("value"));
        } finally {
            AreaCodes.setAtDesk(Set.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9002345678", "4162345678", "5002345678", "3572345678"})
    void a_phone_that_is_not_to_be_called_is_told_as_failed_and_nothing_is_sent(String phone)
            throws InterruptedException {
        ready();
        dialler.ring(new Ring(OFFER, phone));
        assertEquals("unanswered FAILED " + OFFER, told.next());
        dialler.page(1, phone);
        dialler.page(2, "6175550109");
        assertEquals(
                "PJSIP/16175550109@trunk", manager.asked("Originate").get("channel"), "the first that is asked for");
    }

    /** The next time that this variable of Asterisk is set. */
    private Map<String, String> set(String variable) throws InterruptedException {
        while (true) {
            var asked = manager.asked("SetVar");
            if (variable.equals(asked.get("variable"))) {
                return asked;
            }
        }
    }

    @Test
    void a_server_that_takes_calls_has_asterisk_take_them_though_nobody_on_duty_is_known() throws InterruptedException {
        onDuty = () -> {
            throw new DatabaseUnavailable("the database is gone", new IOException());
        };
        dialler.start();
        assertEquals("0", set("HOTLINE_REFUSING").get("value"));
    }

    @Test
    void a_server_that_is_told_to_end_has_asterisk_refuse_calls_and_looks_do_not_undo_it() throws InterruptedException {
        ready();
        dialler.refuseCalls();
        while (!"1".equals(set("HOTLINE_REFUSING").get("value"))) {
            // A look from before may still be on its way.
        }
        assertEquals("1", set("HOTLINE_REFUSING").get("value"));
    }

    @Test
    void when_nobody_is_on_duty_asterisk_is_told_so() throws InterruptedException {
        dialler.start();
        assertEquals("0", set("STAFF_COUNT").get("value"));
    }

    @ParameterizedTest
    @CsvSource({"6175550101, PJSIP/16175550101@trunk", "browser, PJSIP/browser", "desk7, PJSIP/desk7"})
    void a_phone_is_called_on_a_channel_that_carries_its_offer(String phone, String channel)
            throws InterruptedException {
        ready();
        dialler.ring(new Ring(OFFER, phone));
        assertHas(
                Map.of(
                        "channel", channel,
                        "channelid", LEG,
                        "context", "offer",
                        "exten", "s",
                        "priority", "1",
                        "async", "true",
                        "variable", "HOTLINE_OFFER=" + OFFER),
                manager.asked("Originate"));
    }

    @Test
    void a_supervisor_is_called_about_an_alert_unless_their_phone_is_on_a_call() throws InterruptedException {
        manager.channels = List.of("call-of-6175550108-" + OTHER);
        ready();
        dialler.page(16, "6175550108");
        dialler.page(17, "6175550109");
        assertHas(
                Map.of(
                        "channel", "PJSIP/16175550109@trunk",
                        "context", "rota",
                        "exten", "s",
                        "priority", "1",
                        "async", "true",
                        "variable", "HOTLINE_ALERT=17"),
                manager.asked("Originate"));
    }

    @Test
    void a_phone_that_asterisk_refuses_to_ring_is_told_as_failed() throws InterruptedException {
        manager.refuses.add("Originate");
        ready();
        dialler.ring(new Ring(OFFER, "6175550101"));
        assertEquals("unanswered FAILED " + OFFER, told.next());
    }

    @Test
    void a_phone_that_would_say_more_than_one_line_is_told_as_failed_and_nothing_is_sent() throws InterruptedException {
        ready();
        dialler.ring(new Ring(OFFER, "6175550101\r\nAction: Originate"));
        assertEquals("unanswered FAILED " + OFFER, told.next());
    }

    @Test
    void a_manager_that_no_longer_answers_is_not_ready_until_it_does() throws InterruptedException {
        ready();
        manager.refuses.add("CoreShowChannels");
        eventually(() -> !dialler.ready());
        assertTrue(dialler.knowsItsLegs());
        manager.refuses.clear();
        eventually(dialler::ready);
    }

    @Test
    void a_phone_that_is_to_ring_without_a_connection_is_told_as_failed() throws InterruptedException {
        dialler.ring(new Ring(OFFER, "6175550101"));
        assertEquals("unanswered FAILED " + OFFER, told.next());
    }

    @Test
    void a_silent_manager_holds_nobody_up() throws InterruptedException {
        manager.ignores.addAll(Set.of("Originate", "Hangup"));
        ready();
        assertTimeoutPreemptively(AT_ONCE, () -> {
            for (var i = 0; i < 10; i++) {
                dialler.ring(new Ring(OFFER, "6175550101"));
                dialler.stop(OFFER);
            }
        });
        manager.asked("Originate");
        manager.hangUp();
        assertEquals("unanswered FAILED " + OFFER, told.next());
    }

    @ParameterizedTest
    @CsvSource({"0, FAILED", "1, UNANSWERED", "3, UNANSWERED", "5, BUSY", "8, FAILED"})
    void why_a_phone_was_not_answered_is_told(int reason, OfferEnd end) throws InterruptedException {
        ready();
        manager.say("Event: OriginateResponse", "Response: Failure", "Reason: " + reason, "Uniqueid: offer-garbage");
        manager.say("Event: OriginateResponse", "Response: Success", "Reason: 4", "Uniqueid: offer-" + OTHER);
        manager.say("Event: OriginateResponse", "Response: Failure", "Reason: " + reason, "Uniqueid: " + LEG);
        assertEquals("unanswered " + end + " " + OFFER, told.next());
        assertEquals(List.of(), told.rest());
    }

    @ParameterizedTest
    @CsvSource({"DialState, RINGING, rang", "DialEnd, ANSWER, answered", "DialEnd, BUSY, rang"})
    void that_the_callers_phone_rang_or_was_answered_is_told(String event, String status, String word)
            throws InterruptedException {
        ready();
        manager.say("Event: " + event, "DialStatus: " + status, "Uniqueid: 1760000000.7", "DestUniqueid: " + LEG);
        manager.say("Event: " + event, "DialStatus: " + status, "Uniqueid: " + LEG, "DestUniqueid: 1760000000.7");
        assertEquals(word + " " + OFFER, told.next());
        assertEquals(List.of(), told.rest());
    }

    @ParameterizedTest
    @CsvSource({"DialState, PROGRESS", "DialEnd, NOANSWER", "DialEnd, CONGESTION", "DialEnd, CHANUNAVAIL"})
    void a_phone_that_may_not_have_rung_is_not_told(String event, String status) throws InterruptedException {
        ready();
        manager.say("Event: " + event, "DialStatus: " + status, "Uniqueid: " + LEG, "DestUniqueid: 1760000000.7");
        manager.say("Event: Hangup", "Uniqueid: " + LEG, "Cause: 16");
        assertEquals("gone " + OFFER, told.next());
        assertEquals(List.of(), told.rest());
    }

    @Test
    void a_leg_that_ends_is_told_and_other_calls_are_not() throws InterruptedException {
        ready();
        manager.say("Event: Hangup", "Uniqueid: 1760000000.7", "Cause: 16");
        manager.say("Event: Hangup", "Uniqueid: offer-garbage", "Cause: 16");
        manager.say("Event: Hangup", "Uniqueid: " + LEG, "Cause: 16");
        assertEquals("gone " + OFFER, told.next());
        assertEquals(List.of(), told.rest());
    }

    @Test
    void a_phone_stops_ringing_by_hanging_up_its_channel() throws InterruptedException {
        ready();
        dialler.stop(OFFER);
        assertEquals(LEG, manager.asked("Hangup").get("channel"));
    }

    private void ready() throws InterruptedException {
        dialler.start();
        eventually(dialler::ready);
    }

    private static void eventually(BooleanSupplier holds) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not come to hold");
            Thread.sleep(5);
        }
    }

    private static void assertHas(Map<String, String> expected, Map<String, String> action) {
        assertTrue(action.entrySet().containsAll(expected.entrySet()), () -> expected + " is not in " + action);
    }

    /** What the dialler told of the legs. */
    private static final class Told implements Legs {

        private final BlockingQueue<Set<UUID>> alive = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
        private volatile Set<UUID> forNothing = Set.of();

        Set<UUID> alive() throws InterruptedException {
            return next(alive);
        }

        String next() throws InterruptedException {
            return next(words);
        }

        List<String> rest() {
            return List.copyOf(words);
        }

        private static <T> T next(BlockingQueue<T> told) throws InterruptedException {
            @Nullable T next = told.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was told");
            }
            return next;
        }

        @Override
        public void unanswered(UUID offer, OfferEnd end) {
            words.add("unanswered " + end + " " + offer);
        }

        @Override
        public void callerRang(UUID offer) {
            words.add("rang " + offer);
        }

        @Override
        public void callerAnswered(UUID offer) {
            words.add("answered " + offer);
        }

        @Override
        public void gone(UUID offer) {
            words.add("gone " + offer);
        }

        @Override
        public Set<UUID> alive(Set<UUID> offers) {
            alive.add(offers);
            return Set.copyOf(forNothing);
        }
    }
}
