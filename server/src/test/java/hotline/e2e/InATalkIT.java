package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.database.Database;
import hotline.base.database.EmbeddedDatabase;
import hotline.callback.staff.InterpreterStore;
import hotline.testkit.network.Phone;
import hotline.testkit.network.Talk;
import hotline.testkit.network.TelephoneNetwork;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** By key in a talk: an interpreter joins, or a caller is handed on. Who is in the talk is asked; not how they sound. */
@Execution(ExecutionMode.CONCURRENT)
@Order(2)
final class InATalkIT {

    private static final String CALLER = "6172345678";
    private static final String ANA = "6175550111";
    private static final String SUE = "6175550112";
    private static final String INTERPRETER = "6175550113";
    private static final String PLACE = "6173434350";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(4);

    /** What is asked of whoever answers takes five seconds or so. */
    private static final Duration UNTIL_TAKEN = Duration.ofSeconds(15);

    @TempDir
    Path home;

    private final Vertx vertx = Vertx.vertx();
    private Rehearsal rehearsal;
    private TelephoneNetwork network;
    private Desk desk;
    private Phone ana;
    private Phone caller;

    @BeforeEach
    void ana_is_on_duty() {
        rehearsal = Rehearsal.in(home);
        network = rehearsal.network();
        desk = rehearsal.desk();
        desk.staff("ana", ANA, "responder", true);
        ana = network.phone(ANA);
        caller = network.phone(CALLER);
    }

    @AfterEach
    void ends() {
        rehearsal.close();
        vertx.close();
    }

    /** Ana has taken the call-back, and the caller has answered. */
    private Talk anaCallsBack() {
        ana.answers().waitsFor("press-1-to-take-it", SOON).presses("1").waits(Duration.ofMinutes(2));
        caller.answers().waits(Duration.ofMinutes(2));
        Desk.leavesANumber(network, CALLER);
        var call = ana.awaitRing(SOON).awaitTalk(SOON);
        caller.awaitRing(SOON).awaitTalk(SOON);
        return call.waits(UNTIL_CONNECTED);
    }

    private Talk calls(String line) {
        return network.call(line).anonymous().dials().waitsFor("spanish-offer").presses("1");
    }

    /** As an administrator sets it at the desk. */
    private void interpretersAre(String number) throws IOException {
        var password = Files.readString(home.resolve("secrets/database")).strip();
        var server =
                EmbeddedDatabase.running(home.resolve("database"), password).orElseThrow();
        var database = new Database(vertx, server);
        new InterpreterStore(database).set(InterpreterStore.OTHER, number, "ada", "for the test");
        database.close();
    }

    /** Neither is left alone when the third of them has gone. */
    private static void areTogether(Talk one, Talk other) {
        one.waits(Duration.ofSeconds(5));
        assertFalse(one.isOver() || other.isOver(), "the two are left with each other");
    }

    private String history() {
        var id = desk.callback().getString("id");
        return new JsonObject(
                        desk.hotline().api().get("/api/v1/callbacks/" + id).body())
                .encode();
    }

    @Test
    void an_interpreter_joins_by_star_1_leaves_by_star_2_and_with_the_responder() throws IOException {
        interpretersAre(INTERPRETER);
        network.phone(INTERPRETER).answers().waits(Duration.ofMinutes(2));
        var call = anaCallsBack();
        var callers = caller.awaitRing(SOON).awaitTalk(SOON);
        call.presses("*1").waitsFor("interpreter-is-called", SOON);
        callers.waitsFor("on-hold", SOON);
        var third = network.phone(INTERPRETER).awaitRing(SOON).awaitTalk(SOON);
        call.waitsFor("interpreter-is-on", SOON);
        assertTrue(network.phone(INTERPRETER).rings().getFirst().from().contains("6174310125"));
        assertTrue(history().contains("interpreter_joined"), history());

        call.presses("*1").waitsFor("third-is-there-already", SOON);
        call.presses("*2").waitsFor("with-the-caller-again", SOON);
        third.staysUntilHungUp(SOON);

        call.presses("*1").waitsFor("interpreter-is-on", SOON);
        var again = network.phone(INTERPRETER).awaitRing(2, SOON).awaitTalk(SOON);
        call.hangsUp();
        again.staysUntilHungUp(SOON);
        callers.staysUntilHungUp(SOON);
    }

    @Test
    void a_caller_is_handed_on_to_a_supervisor_and_stays_with_them_when_the_responder_leaves() {
        desk.staff("sue", SUE, "supervisor", true);
        ana.answers().waitsFor("press-1-to-take-it", SOON).presses("1").waits(Duration.ofMinutes(2));
        var sue = network.phone(SUE);
        sue.answers()
                .waitsFor("screen-handed-on", SOON)
                .waitsFor("press-1-to-take-it", SOON)
                .presses("1")
                .waits(Duration.ofMinutes(2));
        var callers = calls("16174310125").waitsFor("trauma-menu").presses("2");
        var call = ana.awaitRing(SOON).awaitTalk(SOON);
        call.waits(UNTIL_TAKEN).presses("*3").waitsFor("hand-on-menu", SOON).presses("2");
        var third = sue.awaitRing(SOON).awaitTalk(SOON);
        call.waitsFor("hand-on-answered", SOON);
        call.hangsUp();
        areTogether(callers, third);
        callers.hangsUp();
        third.staysUntilHungUp(SOON);
    }

    @Test
    void a_supervisor_who_does_not_answer_leaves_both_as_they_were() {
        desk.staff("sue", SUE, "supervisor", true);
        network.phone(SUE).isBusy();
        var call = anaCallsBack();
        var callers = caller.awaitRing(SOON).awaitTalk(SOON);
        call.presses("*3").waitsFor("hand-on-menu", SOON).presses("2").waitsFor("third-did-not-answer", SOON);
        callers.presses("*3*1*2**");
        assertFalse(callers.isOver(), "these keys are the staff's alone");
        call.presses("**").waitsFor("disposition-menu", SOON).presses("1");
        desk.awaits("state", "closed", SOON);
    }

    @Test
    void when_the_caller_hangs_up_meanwhile_nobody_is_left_with_a_stranger() {
        desk.staff("sue", SUE, "supervisor", true);
        var sue = network.phone(SUE);
        sue.answersAfter(Duration.ofSeconds(5))
                .waitsFor("press-1-to-take-it", SOON)
                .presses("1");
        var call = anaCallsBack();
        call.presses("*3").waitsFor("hand-on-menu", SOON).presses("2");
        var ringing = sue.awaitRing(SOON);
        caller.awaitRing(SOON).awaitTalk(SOON).hangsUp();
        ringing.awaitTalk(SOON).staysUntilHungUp();
        call.waitsFor("disposition-menu", SOON).presses("1");
        desk.awaits("state", "closed", SOON);
        assertFalse(
                call.heard().contains("hand-on-answered"), () -> call.heard().toString());
    }

    @Test
    void a_tipster_is_handed_on_to_a_place_by_an_officer() {
        desk.staff("lee", SUE, "officer", true);
        var lee = network.phone(SUE);
        lee.answers().waitsFor("press-1-to-take-it", SOON).presses("1").waits(Duration.ofMinutes(2));
        network.phone(PLACE).answers().waits(Duration.ofMinutes(2));
        var tipster = calls("18004948477").waitsFor("tips-menu").presses("2");
        var call = lee.awaitRing(SOON).awaitTalk(SOON);
        call.waits(UNTIL_TAKEN)
                .presses("*3")
                .waitsFor("hand-on-menu", SOON)
                .presses("3")
                .waitsFor("press-1", SOON)
                .presses("1");
        var place = network.phone(PLACE).awaitRing(SOON).awaitTalk(SOON);
        call.waitsFor("hand-on-answered", SOON);
        call.hangsUp();
        areTogether(tipster, place);
        var from = network.phone(PLACE).rings().getFirst().from();
        assertTrue(from.contains("nonymous"), from);
        place.hangsUp();
        tipster.staysUntilHungUp(SOON);
    }
}
