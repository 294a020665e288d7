package hotline.callback.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Ladder;
import hotline.callback.Ladder.Kind;
import hotline.callback.Ledger.Person;
import hotline.callback.Role;
import hotline.callback.dispatch.Rehearsal.Crew;
import hotline.callback.dispatch.Rehearsal.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Whom a request would ring, before anybody asks. */
final class RehearsalTest {

    private static final Instant ASKED = Instant.parse("2026-11-29T07:10:00Z");
    private static final Duration PROMISE = Duration.ofMinutes(30);
    private static final String STANDARD =
            "PT0S first, PT3M next, PT6M all, PT12M supervisor, PT20M at_risk every PT2M, PT25M manager";

    private static final Who ROSA = new Who("rosa", Role.RESPONDER, "en", "es");
    private static final Who ANA = new Who("ana", Role.RESPONDER, "en");
    private static final Who SAM = new Who("sam", Role.SUPERVISOR, "en");

    /** Somebody who may be called, on duty while it says so. */
    private record Who(String id, Role role, Set<String> languages, Predicate<Instant> onDuty, String phone) {

        Who(String id, Role role, String... languages) {
            this(id, role, Set.of(languages), _ -> true, "of " + id);
        }

        Who sharingThePhoneOf(Who other) {
            return new Who(id, role, languages, onDuty, other.phone);
        }

        Who during(Predicate<Instant> duty) {
            return new Who(id, role, languages, duty, phone);
        }
    }

    private static Crew crew(Optional<Instant> changes, Who... who) {
        return new Crew() {
            @Override
            public List<Person> at(Instant moment) {
                return Arrays.stream(who)
                        .map(one -> new Person(
                                one.id,
                                one.phone,
                                one.role,
                                one.languages,
                                one.onDuty.test(moment),
                                false,
                                false,
                                Instant.EPOCH))
                        .toList();
            }

            @Override
            public Optional<Instant> changes(Instant after) {
                return changes.filter(after::isBefore);
            }
        };
    }

    private static List<String> told(String ladder, String language, Crew crew) {
        return rehearsed(ladder, language, crew).stream()
                .map(RehearsalTest::told)
                .toList();
    }

    private static List<Moment> rehearsed(String ladder, String language, Crew crew) {
        return new Rehearsal(Ladder.parse(ladder), PROMISE, Duration.ofMinutes(1), Duration.ofSeconds(25))
                .of(crew, language, ASKED);
    }

    private static String told(Moment moment) {
        var words = new ArrayList<String>();
        words.add(Duration.between(ASKED, moment.at()).toString());
        moment.steps().forEach(step -> words.add(step.name()));
        moment.calls().forEach(call -> words.add(call.person()));
        return String.join(" ", words);
    }

    @Test
    void one_responder_is_called_again_by_each_step_and_the_supervisor_by_theirs() {
        assertEquals(
                List.of(
                        "PT0S FIRST rosa",
                        "PT3M NEXT rosa",
                        "PT6M ALL rosa",
                        "PT12M SUPERVISOR sam",
                        "PT20M AT_RISK rosa sam",
                        "PT22M AT_RISK rosa sam",
                        "PT24M AT_RISK rosa sam",
                        "PT25M MANAGER",
                        "PT26M AT_RISK rosa sam",
                        "PT28M AT_RISK rosa sam",
                        "PT30M BROKEN rosa sam"),
                told(STANDARD, "es", crew(Optional.empty(), ROSA, SAM)));
    }

    @Test
    void whoever_does_not_take_it_makes_way_for_the_next() {
        var told = told(STANDARD, "en", crew(Optional.empty(), ROSA, ANA, SAM));
        assertEquals(List.of("PT0S FIRST ana", "PT25S rosa", "PT3M NEXT ana", "PT3M25S rosa"), told.subList(0, 4));
    }

    @Test
    void a_phone_that_two_hand_around_rings_once_and_then_for_the_other() {
        var zoe = new Who("zoe", Role.RESPONDER, "en");
        var told = told("PT0S all", "en", crew(Optional.empty(), ANA, zoe, ROSA.sharingThePhoneOf(ANA)));
        assertEquals(List.of("PT0S ALL ana zoe", "PT25S rosa"), told.subList(0, 2));
    }

    @Test
    void a_supervisor_who_has_a_responders_phone_is_not_called_at_the_same_time() {
        var told = told(STANDARD, "en", crew(Optional.empty(), ANA, SAM.sharingThePhoneOf(ANA)));
        assertTrue(told.contains("PT20M AT_RISK ana") && told.contains("PT20M25S sam"), told::toString);
    }

    @Test
    void while_somebody_shares_the_language_the_others_wait_a_minute() {
        var told = told("PT0S first", "es", crew(Optional.empty(), ROSA, ANA));
        assertEquals(List.of("PT0S FIRST rosa", "PT25S ana"), told.subList(0, 2));
        var busy = crew(Optional.empty(), new Who("zoe", Role.RESPONDER, "es"), ANA);
        assertEquals("PT0S FIRST zoe", told("PT0S first", "es", busy).getFirst());
    }

    @Test
    void when_nobody_is_on_duty_the_supervisor_is_called_at_once() {
        var asleep = ROSA.during(_ -> false);
        var first =
                rehearsed(STANDARD, "en", crew(Optional.empty(), asleep, SAM)).getFirst();
        assertEquals("PT0S FIRST sam", told(first));
        assertTrue(first.nobodyOnDuty());
    }

    @Test
    void whoever_comes_on_duty_meanwhile_is_called() {
        var comes = ASKED.plus(Duration.ofMinutes(5));
        var later = ROSA.during(time -> !time.isBefore(comes));
        var told = told("PT0S first", "en", crew(Optional.of(comes), later));
        assertTrue(told.contains("PT5M rosa"), told::toString);
    }

    @Test
    void it_ends_with_the_promise_recorded_as_broken() {
        var moments = rehearsed("PT0S first, PT40M manager", "en", crew(Optional.empty()));
        assertEquals(List.of(Kind.BROKEN), moments.getLast().steps());
        assertEquals(ASKED.plus(PROMISE), moments.getLast().at());
    }

    @Test
    void a_ladder_that_comes_again_each_second_is_told_only_so_far() {
        assertEquals(
                400,
                rehearsed("PT0S first every PT1S", "en", crew(Optional.empty(), ROSA))
                        .size());
    }
}
