package hotline.desk.http;

import java.util.Map;

/** How a dial of a caller's phone ended, in words; by the outcome's word in the ledger. */
public final class DialWords {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("answered", "The caller's phone was answered; the call has ended"),
            Map.entry("busy", "The caller's line was busy"),
            Map.entry("no_answer", "The caller did not answer"),
            Map.entry("declined", "The call was declined"),
            Map.entry("anonymous_refused", "The caller's phone takes no calls from a hidden number"),
            Map.entry("blocked", "The caller's phone company, or a filter, blocked the call"),
            Map.entry("no_such_number", "There is no such number"),
            Map.entry("not_allowed", "The hotline does not call such numbers any more"),
            Map.entry("congested", "The network could not carry the call; this try does not count"),
            Map.entry("trunk_refused", "Our own trunk refused the call; this try does not count"),
            Map.entry("given_up", "The responder hung up before the caller answered"),
            Map.entry("lost", "Our side lost the call; this try does not count"));

    private DialWords() {}

    public static String of(String outcome) {
        return WORDS.getOrDefault(outcome, "The try ended: " + Words.plain(outcome));
    }
}
