package hotline;

import static java.util.Map.entry;

import hotline.call.Dial.Line;
import hotline.call.Flow;
import hotline.callback.AlertService;
import hotline.callback.CallbackService;
import hotline.callback.InterpreterService;
import hotline.callback.OfferService;
import hotline.callback.PhoneNumber;
import hotline.callback.StaffLineService;
import hotline.callback.StaffService;
import hotline.callback.TalkService;
import hotline.callback.journal.Journal;
import hotline.callback.journal.JournaledCallbacks;
import hotline.callback.request.CallsOnTheLine;
import hotline.callback.staff.FreeStaff;
import hotline.flow.HandOn;
import hotline.flow.HowDidItGo;
import hotline.flow.Interpreter;
import hotline.flow.Offer;
import hotline.flow.Referrals;
import hotline.flow.RotaGap;
import hotline.flow.StaffLine;
import hotline.flow.TakenCall;
import hotline.flow.ThirdNoted;
import hotline.flow.TipLine;
import hotline.flow.TraumaLine;
import hotline.tips.SpokenTips;
import hotline.tips.TipService;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The call flows, by the path of the agi address under which the dialplan asks for each. */
final class Flows {

    private static final String TIP_LINE = "8004948477";
    private static final String TRAUMA_LINE = "6174310125";

    private Flows() {}

    /** Flows that can be run before what they ask for is there. */
    static Map<String, Flow> of(
            Config config,
            LineCalls lineCalls,
            CallsOnTheLine onTheLine,
            CompletableFuture<Stores> stores,
            CompletableFuture<FreeStaff> freeStaff,
            CompletableFuture<Journal> journal) {
        var callbacks = Late.of(
                CallbackService.class,
                stores.thenCombine(journal, (one, kept) -> new JournaledCallbacks(one.callbacks, kept, one.clock)));
        var staff = Late.of(StaffService.class, freeStaff);
        var offers = Late.of(OfferService.class, stores.thenApply(one -> one.offers));
        var talks = Late.of(TalkService.class, stores.thenApply(one -> one.talks));
        var tips = Late.of(TipService.class, stores.thenApply(one -> one.tips));
        var spokenTips = Late.of(SpokenTips.class, stores.thenApply(one -> one.spokenTips));
        var noted = new ThirdNoted(talks);
        var interpreters = Late.of(InterpreterService.class, stores.thenApply(one -> one.interpreters));
        var tipPlaces = new Referrals(config.referrals(), TIP_LINE);
        var traumaPlaces = new Referrals(config.referrals(), TRAUMA_LINE);
        // The dialplan names what is done in a talk by its line: nothing that is done on the tip line may be seen.
        return Map.ofEntries(
                entry("tip-line", lineCalls.heard(new TipLine(tips, spokenTips, staff, tipPlaces, new SecureRandom()))),
                entry("tip-interpreter", new Interpreter(interpreters, noted, TIP_LINE)),
                entry("tip-hand-on", new HandOn(Line.TIP, staff, tipPlaces, noted)),
                entry(
                        "trauma-line",
                        lineCalls.heard(whileOnTheLine(onTheLine, new TraumaLine(callbacks, staff, config.zone())))),
                entry("trauma-interpreter", new Interpreter(interpreters, noted, TRAUMA_LINE)),
                entry("trauma-hand-on", new HandOn(Line.TRAUMA, staff, traumaPlaces, noted)),
                entry("offer", new Offer(offers)),
                entry("rota", new RotaGap(Late.of(AlertService.class, stores.thenApply(one -> one.alerts)))),
                entry(
                        "staff-line",
                        new StaffLine(
                                Late.of(StaffLineService.class, stores.thenApply(one -> one.staffLine)),
                                offers,
                                talks,
                                staff)),
                entry("taken-call", new TakenCall(talks)),
                entry("how-did-it-go", new HowDidItGo(talks)));
    }

    /** Nobody dials the phone of a caller while this goes on. */
    private static Flow whileOnTheLine(CallsOnTheLine calls, Flow flow) {
        return call -> {
            call.uuid().ifPresent(id -> calls.began(id, call.callerNumber().flatMap(PhoneNumber::of)));
            try {
                flow.run(call);
            } finally {
                call.uuid().ifPresent(calls::ended);
            }
        };
    }
}
