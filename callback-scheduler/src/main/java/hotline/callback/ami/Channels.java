package hotline.callback.ami;

import hotline.callback.PhoneNumber;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.asteriskjava.manager.EventTimeoutException;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.action.CoreShowChannelsAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.event.CoreShowChannelEvent;
import org.asteriskjava.manager.event.CoreShowChannelsCompleteEvent;
import org.jspecify.annotations.Nullable;

/** What channels are called: a staff leg's carries its offer, so that it is found again by its name alone. */
final class Channels {

    private static final String LEG = "offer-";
    private static final String CALL = "call-of-";
    private static final String PHONE = "(?<phone>\\d{10}|browser|desk\\d+)";
    private static final Pattern CALLED = Pattern.compile(CALL + PHONE + "-.*");
    private static final Pattern DIALLED = Pattern.compile("PJSIP/1?" + PHONE + "[@,].*");
    private static final Pattern NUMBER = Pattern.compile("\\+?1?" + PHONE);

    private static final Pattern IN_BROWSER = Pattern.compile("browser|desk\\d+");

    private Channels() {}

    /** Those that are up now. */
    static List<CoreShowChannelEvent> up(ManagerConnection connection) throws IOException, EventTimeoutException {
        var told = connection
                .sendEventGeneratingAction(new CoreShowChannelsAction())
                .getEvents();
        // A refusal or a dropped connection ends the list as well; legs that it does not name may live.
        if (told.stream().noneMatch(CoreShowChannelsCompleteEvent.class::isInstance)) {
            throw new IOException("the list broke off");
        }
        return told.stream()
                .filter(CoreShowChannelEvent.class::isInstance)
                .map(CoreShowChannelEvent.class::cast)
                .toList();
    }

    /** The leg that is called for an offer. */
    static String leg(UUID offer) {
        return LEG + offer;
    }

    /** A phone that we rang has the offer in its id; one that rang the staff line, in its account code. */
    static Optional<UUID> offer(@Nullable String channelId, @Nullable String accountCode) {
        return offer(channelId).or(() -> offer(accountCode));
    }

    static Optional<UUID> offer(@Nullable String name) {
        try {
            return name != null && name.startsWith(LEG)
                    ? Optional.of(UUID.fromString(name.substring(LEG.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The offers whose legs are among these. */
    static Set<UUID> offers(List<CoreShowChannelEvent> channels) {
        return named(channels, channel -> offer(channel.getUniqueid(), channel.getAccountcode()));
    }

    /** A phone that we call for no offer: a test, or an alert. */
    static String callOf(String phone) {
        return CALL + phone + "-" + UUID.randomUUID();
    }

    /** The staff phones that ring or talk for no offer: for a caller on the line, an alert, a test, or on the staff line. */
    static Set<String> staffPhones(List<CoreShowChannelEvent> channels) {
        return named(channels, Channels::staffPhone);
    }

    private static <T> Set<T> named(
            List<CoreShowChannelEvent> channels, Function<CoreShowChannelEvent, Optional<T>> name) {
        return channels.stream().map(name).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** A place of the dialplan's {@code ring-staff} is known by what it dials, and who has called in by their number. */
    private static Optional<String> staffPhone(CoreShowChannelEvent channel) {
        var name = String.valueOf(channel.getChannel());
        if (name.startsWith("Local/") && name.contains("@ring-staff-")) {
            return phone(DIALLED, channel.getApplicationdata());
        }
        return name.startsWith("PJSIP/staff-line-")
                ? phone(NUMBER, channel.getCallerIdNum())
                : phone(CALLED, channel.getUniqueid());
    }

    private static Optional<String> phone(Pattern pattern, @Nullable String text) {
        return Optional.ofNullable(text)
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group("phone"));
    }

    private static boolean inBrowser(String phone) {
        return IN_BROWSER.matcher(phone).matches();
    }

    private static String onTrunk(String phone) {
        return PhoneNumber.of(phone)
                .map(number -> "PJSIP/1" + number.digits() + "@trunk")
                .orElseThrow(() -> new IllegalArgumentException("its number is none that we call"));
    }

    /**
     * Rings a phone, and goes on in a context of the dialplan when it is answered.
     *
     * @throws IllegalArgumentException when the phone is no number
     */
    static OriginateAction call(String phone, String context, Map<String, String> variables) {
        var originate = new OriginateAction();
        originate.setChannel(Clean.value(inBrowser(phone) ? "PJSIP/" + phone : onTrunk(phone)));
        originate.setContext(context);
        originate.setExten("s");
        originate.setPriority(1);
        originate.setCallerId("\"Trauma support line\" <6174310125>");
        originate.setVariables(variables);
        originate.setAsync(true);
        return originate;
    }
}
