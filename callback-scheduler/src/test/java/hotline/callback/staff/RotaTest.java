package hotline.callback.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.database.Notifications;
import hotline.callback.Role;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.staff.AlertStore.Alert;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Duty by shifts, and the check for gaps, on a real database; what time it is the tests say. */
final class RotaTest {

    private static final ZoneId BOSTON = ZoneId.of("America/New_York");

    private static RunningDatabase stores;
    private static ShiftStore shifts;
    private static DutyStore duty;
    private static AlertStore alerts;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
        shifts = new ShiftStore(stores.database, stores.staff, BOSTON);
        duty = new DutyStore(stores.database, stores.staff, BOSTON);
        alerts = new AlertStore(stores.database, BOSTON);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void empty() {
        stores.empty();
    }

    // ---- duty by shifts ----

    @Test
    void at_each_boundary_duty_is_switched_and_not_before() {
        works("ann", "mon 22:00-06:00");
        assertFalse(onDuty("ann"));
        assertEquals(0, duty.switchDue(monday("21:59:59.999")));
        assertFalse(onDuty("ann"));
        assertEquals(1, duty.switchDue(monday("22:00")));
        assertTrue(onDuty("ann"));
        assertEquals(0, duty.switchDue(monday("22:00")), "once");
        assertEquals(1, duty.switchDue(tuesday("06:00")));
        assertFalse(onDuty("ann"));
    }

    @Test
    void late_after_an_outage_duty_goes_straight_to_what_holds_now() {
        works("ann", "mon 22:00-06:00");
        works("bob", "tue 06:00-14:00");
        assertEquals(2, duty.switchDue(tuesday("09:00")));
        assertFalse(onDuty("ann"));
        assertTrue(onDuty("bob"));
    }

    @Test
    void what_is_set_by_hand_holds_until_the_persons_next_boundary() {
        works("ann", "mon 22:00-06:00");
        duty.switchDue(monday("22:00"));
        byHand("ann", false);
        assertEquals(0, duty.switchDue(monday("23:00")));
        assertFalse(onDuty("ann"));
        byHand("ann", true);
        assertEquals(1, duty.switchDue(tuesday("06:00")));
        assertFalse(onDuty("ann"));
    }

    @Test
    void who_has_no_shifts_is_never_switched() {
        byHand("ann", true);
        byHand("bob", false);
        assertEquals(0, duty.switchDue(tuesday("06:00")));
        assertTrue(onDuty("ann"));
        assertFalse(onDuty("bob"));
    }

    @Test
    void a_shift_in_an_hour_that_the_clock_skips_is_worked_behind_it() {
        byHand("ann", false);
        // On 2026-03-08 02:00 EST is 03:00 EDT.
        assertTrue(shifts.save("ann", ShiftsTest.weekly("sun 02:10-02:50"), Instant.parse("2026-03-08T05:00:00Z")));
        assertEquals(0, duty.switchDue(Instant.parse("2026-03-08T07:09:59Z")));
        assertEquals(1, duty.switchDue(Instant.parse("2026-03-08T07:10:00Z")));
        assertTrue(onDuty("ann"));
        assertEquals(1, duty.switchDue(Instant.parse("2026-03-08T07:50:00Z")));
        assertFalse(onDuty("ann"));
    }

    @Test
    void shifts_that_are_saved_while_one_of_them_runs_begin_at_once() {
        works("ann", "mon 08:00-16:00");
        assertTrue(onDuty("ann"));
    }

    @Test
    void a_change_of_next_weeks_rota_sends_nobody_home_who_stays_by_hand() {
        works("ann", "mon 22:00-06:00");
        byHand("ann", true);
        assertTrue(shifts.save("ann", ShiftsTest.weekly("mon 23:00-06:00"), monday("12:00")));
        assertTrue(onDuty("ann"));
        assertEquals(1, duty.switchDue(monday("23:00")));
        assertTrue(onDuty("ann"));
    }

    @Test
    void shifts_that_are_saved_just_after_a_boundary_do_not_swallow_it() {
        works("ann", "mon 22:00-06:00");
        assertTrue(shifts.save("ann", ShiftsTest.weekly("mon 22:00-07:00"), monday("22:00:00.5")));
        assertTrue(onDuty("ann"));
    }

    @Test
    void whose_shifts_are_taken_away_stays_as_they_are() {
        works("ann", "mon 08:00-16:00");
        assertTrue(shifts.save("ann", Shifts.NONE, monday("12:00")));
        assertTrue(onDuty("ann"));
        assertEquals(0, duty.switchDue(monday("16:00")));
        assertTrue(onDuty("ann"));
    }

    @Test
    void two_nodes_switch_a_boundary_once() throws Exception {
        for (var person = 0; person < 20; person++) {
            works("r" + person, "mon 22:00-06:00");
        }
        var together = new CountDownLatch(1);
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = nodes.submit(() -> switchedAfter(together));
            var other = nodes.submit(() -> switchedAfter(together));
            together.countDown();
            assertEquals(20, one.get() + other.get());
        }
        assertTrue(stores.staff.all().stream().allMatch(Responder::onDuty));
    }

    private static int switchedAfter(CountDownLatch together) throws InterruptedException {
        together.await();
        return new DutyStore(stores.database, stores.staff, BOSTON).switchDue(monday("22:00"));
    }

    @Test
    void a_person_whose_row_another_node_holds_is_left_to_it() {
        works("ann", "mon 22:00-06:00");
        var switched = stores.database.transaction(tx -> {
            tx.run("SELECT 1 FROM responder WHERE id = 'ann' FOR NO KEY UPDATE");
            return duty.switchDue(monday("22:00"));
        });
        assertEquals(0, switched);
        assertEquals(1, duty.switchDue(monday("22:00")));
    }

    @Test
    void shifts_are_read_as_they_were_written() {
        byHand("ann", false);
        var written = new Shifts(
                ShiftsTest.weekly("mon 22:00-06:00", "sun 00:00-00:00").weekly(),
                Set.of(LocalDate.parse("2026-12-24"), LocalDate.parse("2026-12-31")),
                List.of(new Shifts.Extra(LocalDate.parse("2026-12-24"), LocalTime.of(8, 0), LocalTime.NOON)));
        assertTrue(shifts.save("ann", written, monday("12:00")));
        assertEquals(Optional.of(written), shifts.shifts("ann"));
        assertEquals(Optional.empty(), shifts.shifts("nobody"));
        assertFalse(shifts.save("nobody", written, monday("12:00")));
    }

    @Test
    void a_rota_that_names_a_stranger_changes_nothing() {
        works("ann", "mon 22:00-06:00");
        var rota = Map.of(
                "ann", ShiftsTest.weekly("fri 22:00-06:00").weekly(),
                "eve", ShiftsTest.weekly("sat 22:00-06:00").weekly());
        assertEquals(Set.of("eve"), shifts.saveWeekly(rota, monday("12:00")));
        assertEquals(Optional.of(ShiftsTest.weekly("mon 22:00-06:00")), shifts.shifts("ann"));
    }

    // ---- the rota check ----

    @Test
    void a_gap_is_raised_an_hour_ahead_once_and_ended_when_it_is_filled() {
        works("ann", "mon 08:00-16:00");
        works("bob", "mon 18:00-22:00");
        assertEquals(0, alerts.check(monday("14:59")).open());
        var first = alerts.check(monday("15:00"));
        assertEquals(1, first.raised().size());
        assertGap(open().getFirst(), monday("16:00"), Optional.of(monday("18:00")));
        assertTrue(alerts.check(monday("15:01")).raised().isEmpty(), "once");
        shifts.save("ann", ShiftsTest.weekly("mon 08:00-18:00"), monday("15:02"));
        var filled = alerts.check(monday("15:02"));
        assertEquals(1, filled.ended());
        assertEquals(0, filled.open());
        assertEquals(List.of(), open());
        assertEquals(1, alerts.alerts(Optional.empty(), 100).size(), "what was is still listed");
    }

    @Test
    void a_gap_that_shrinks_grows_or_begins_stays_the_same_alert() {
        works("ann", "mon 08:00-16:00");
        works("bob", "mon 18:00-22:00");
        alerts.check(monday("15:30"));
        var told = open().getFirst();
        shifts.save("bob", ShiftsTest.weekly("mon 17:00-22:00"), monday("15:31"));
        assertTrue(alerts.check(monday("15:31")).raised().isEmpty());
        assertGap(open().getFirst(), monday("16:00"), Optional.of(monday("17:00")));
        duty.switchDue(monday("16:00"));
        assertTrue(alerts.check(monday("16:20")).raised().isEmpty());
        assertGap(open().getFirst(), monday("16:00"), Optional.of(monday("17:00")));
        assertEquals(told.id(), open().getFirst().id());
        duty.switchDue(monday("17:00"));
        assertEquals(1, alerts.check(monday("17:00")).ended());
    }

    @Test
    void nobody_on_duty_right_now_is_raised_and_ended_by_hand() {
        byHand("ann", false);
        assertEquals(1, alerts.check(monday("12:00")).raised().size());
        assertGap(open().getFirst(), monday("12:00"), Optional.empty());
        assertTrue(alerts.check(monday("12:01")).raised().isEmpty());
        assertGap(open().getFirst(), monday("12:00"), Optional.empty());
        byHand("ann", true);
        assertEquals(1, alerts.check(monday("12:02")).ended());
    }

    @Test
    void without_any_staff_somebody_is_missed() {
        assertEquals(1, alerts.check(monday("12:00")).open());
    }

    @Test
    void supervisors_and_officers_fill_no_gap() {
        stores.staff.save(new Responder("sam", "Sam", "6175550109", List.of("en"), Role.SUPERVISOR, true));
        stores.staff.save(new Responder("lee", "Lee", "6175550108", List.of("en"), Role.OFFICER, true));
        assertEquals(1, alerts.check(monday("12:00")).open());
    }

    @Test
    void who_is_on_duty_by_hand_without_shifts_counts_as_staying() {
        works("ann", "mon 08:00-16:00");
        byHand("bob", true);
        assertEquals(0, alerts.check(monday("15:30")).open());
    }

    @Test
    void who_went_off_by_hand_is_missed_until_their_next_boundary() {
        works("ann", "mon 08:00-16:00", "mon 16:00-22:00");
        byHand("ann", false);
        alerts.check(monday("15:30"));
        assertGap(open().getFirst(), monday("15:30"), Optional.of(monday("16:00")));
    }

    @Test
    void two_gaps_within_the_hour_are_two_alerts() {
        works("ann", "mon 08:00-16:00", "mon 16:10-16:20", "mon 16:30-22:00");
        assertEquals(2, alerts.check(monday("15:45")).raised().size());
        assertEquals(2, open().size());
        duty.switchDue(monday("16:10"));
        assertEquals(1, alerts.check(monday("16:10")).ended());
        assertGap(open().getFirst(), monday("16:20"), Optional.of(monday("16:30")));
    }

    @Test
    void two_nodes_raise_a_gap_once() throws Exception {
        var together = new CountDownLatch(1);
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = nodes.submit(() -> raisedAfter(together));
            var other = nodes.submit(() -> raisedAfter(together));
            together.countDown();
            assertEquals(1, one.get() + other.get());
        }
        assertEquals(1, open().size());
    }

    private static int raisedAfter(CountDownLatch together) throws InterruptedException {
        together.await();
        return new AlertStore(stores.database, BOSTON)
                .check(monday("12:00"))
                .raised()
                .size();
    }

    // ---- who is called about it ----

    @Test
    void a_gap_that_nobody_fills_or_sees_rings_the_supervisors_once_and_again_after_ten_minutes() {
        byHand("ann", false);
        calledIn("sue", "6175550109", Role.SUPERVISOR, true);
        calledIn("sam", "6175550108", Role.SUPERVISOR, false);
        calledIn("max", "6175550107", Role.MANAGER, true);
        alerts.check(monday("12:00"));
        assertEquals(List.of(), pagedAt("12:00:14"), "who goes on duty at once is waited for");
        assertEquals(List.of("6175550109"), pagedAt("12:00:15"));
        assertEquals(List.of(), pagedAt("12:10:14"), "by one node, and once");
        assertEquals(List.of("6175550109"), pagedAt("12:10:15"));
        assertTrue(alerts.seen(open().getFirst().id()));
        assertEquals(List.of(), pagedAt("13:00"));
    }

    @Test
    void with_no_supervisor_on_duty_all_are_called_who_could_put_somebody_there() {
        calledIn("sam", "6175550108", Role.SUPERVISOR, false);
        calledIn("max", "6175550107", Role.MANAGER, false);
        alerts.check(monday("12:00"));
        assertEquals(List.of("6175550107", "6175550108"), pagedAt("12:01"));
    }

    @Test
    void a_gap_that_is_filled_rings_nobody() {
        calledIn("sue", "6175550109", Role.SUPERVISOR, true);
        alerts.check(monday("12:00"));
        byHand("ann", true);
        alerts.check(monday("12:00:10"));
        assertEquals(List.of(), pagedAt("12:01"));
    }

    @Test
    void a_phone_rings_once_though_two_supervisors_share_it_and_of_two_gaps_a_minute_apart() {
        stores.staff.save(new Responder("sam", "Sam", "6175550107", List.of("en"), Role.SUPERVISOR, true));
        stores.staff.save(new Responder("sue", "Sue", "6175550107", List.of("en"), Role.SUPERVISOR, true));
        for (var hour : List.of("12", "13")) {
            stores.database.run(
                    "INSERT INTO alert (kind, gap_from, gap_to, raised_at) VALUES ('rota_gap', $1, $2, $3)",
                    at(hour + ":10"),
                    at(hour + ":20"),
                    at("11:59"));
        }
        assertEquals(List.of("6175550107"), pagedAt("12:01"));
        assertEquals(List.of(), pagedAt("12:01:01"));
        assertEquals(List.of("6175550107"), pagedAt("12:02:01"));
        assertEquals(List.of(), pagedAt("12:03:02"));
    }

    private static OffsetDateTime at(String time) {
        return monday(time).atOffset(ZoneOffset.UTC);
    }

    @Test
    void the_rota_calls_by_its_pager_as_soon_as_that_is_ready() {
        calledIn("sue", "6175550109", Role.SUPERVISOR, true);
        alerts.check(duty.now().minusSeconds(20));
        var pager = new FakePager();
        try (var rota = new Rota(duty, alerts, BOSTON, new SimpleMeterRegistry(), pager)) {
            rota.look();
            assertEquals(List.of(), pager.called);
            pager.ready = true;
            rota.look();
            rota.look();
            assertEquals(List.of("6175550109 " + open().getFirst().id()), pager.called);
        }
    }

    private static final class FakePager implements Pager {

        private final List<String> called = new ArrayList<>();
        private boolean ready;

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public void page(long alert, String phone) {
            called.add(phone + " " + alert);
        }
    }

    private static List<String> pagedAt(String time) {
        return alerts.page(monday(time)).stream().map(AlertStore.Page::phone).toList();
    }

    private static void calledIn(String id, String phone, Role role, boolean onDuty) {
        stores.staff.save(new Responder(id, id, phone, List.of("en"), role, onDuty));
    }

    // ---- the thread ----

    @Test
    void the_rota_switches_at_the_boundary_wakes_dispatchers_and_shows_the_gap() throws InterruptedException {
        byHand("ann", false);
        var woken = new LinkedBlockingQueue<String>();
        var listens = new CountDownLatch(1);
        var meters = new SimpleMeterRegistry();
        try (var listening = new Notifications(
                        stores.vertx,
                        stores.hosts(),
                        List.of("hotline_wake"),
                        pgNotification -> woken.add(pgNotification.getChannel()),
                        listens::countDown);
                var rota = new Rota(duty, alerts, BOSTON, meters)) {
            listening.start();
            assertTrue(listens.await(30, TimeUnit.SECONDS));
            rota.look();
            assertEquals(1.0, meters.get("hotline.rota.gap").gauge().value());
            // A shift runs now, and its row is about to be switched to it.
            var now = duty.now();
            shifts.save("ann", around(now), now.minus(Duration.ofDays(2)));
            var boundary = now.plusMillis(1500);
            byHand("ann", false);
            stores.database.run("UPDATE responder SET duty_changes_at = $1", boundary.atOffset(ZoneOffset.UTC));
            rota.start();
            do {
                assertEquals("hotline_wake", woken.poll(30, TimeUnit.SECONDS));
            } while (!onDuty("ann"));
            var at = duty.now();
            assertTrue(!at.isBefore(boundary), "not before " + boundary + ": " + at);
            assertTrue(at.isBefore(boundary.plusSeconds(1)), "at most a second late: " + at);
        }
    }

    @Test
    void the_rota_survives_a_database_that_is_gone() {
        var meters = new SimpleMeterRegistry();
        stores.database.run("ALTER TABLE responder RENAME TO gone");
        try (var rota = new Rota(duty, alerts, BOSTON, meters)) {
            assertThrows(RuntimeException.class, rota::look);
            rota.start();
            stores.database.run("ALTER TABLE gone RENAME TO responder");
            var patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (meters.get("hotline.rota.gap").gauge().value() == 0) {
                assertTrue(System.nanoTime() < patience, "it looks again");
                Thread.onSpinWait();
            }
        }
    }

    /** A shift from two hours ago to in two hours, on this day. */
    private static Shifts around(Instant now) {
        var from = now.minus(Duration.ofHours(2)).atZone(BOSTON);
        var to = now.plus(Duration.ofHours(2)).atZone(BOSTON);
        return new Shifts(
                List.of(),
                Set.of(),
                List.of(new Shifts.Extra(
                        from.toLocalDate(),
                        from.toLocalTime().withNano(0),
                        to.toLocalTime().withNano(0))));
    }

    private static void works(String id, String... weekly) {
        byHand(id, false);
        assertTrue(shifts.save(id, ShiftsTest.weekly(weekly), monday("12:00")));
    }

    private static void byHand(String id, boolean onDuty) {
        stores.staff.save(new Responder(id, id, "6175550101", List.of("en"), Role.RESPONDER, onDuty));
    }

    private static boolean onDuty(String id) {
        return stores.staff.all().stream()
                .filter(responder -> responder.id().equals(id))
                .findFirst()
                .orElseThrow()
                .onDuty();
    }

    private static List<Alert> open() {
        return alerts.open();
    }

    private static void assertGap(Alert alert, Instant from, Optional<Instant> to) {
        assertEquals(from, alert.from());
        assertEquals(to, alert.to());
    }

    private static Instant monday(String time) {
        return ZonedDateTime.parse("2026-11-23T" + time + "-05:00").toInstant();
    }

    private static Instant tuesday(String time) {
        return ZonedDateTime.parse("2026-11-24T" + time + "-05:00").toInstant();
    }
}
