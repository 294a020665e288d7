package hotline.agi;

import static hotline.agi.AgiCommands.AT_ONCE;
import static hotline.agi.AgiCommands.quoted;

import hotline.base.RingList;
import hotline.call.Call;
import hotline.call.Dial;
import hotline.call.Dialled;
import hotline.call.Dialled.Result;
import hotline.prompts.Language;
import hotline.prompts.Phrase;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A call's verbs as AGI commands.
 *
 * <p>A sound is named by its key alone; Asterisk finds it in the folder of the call's language.
 */
final class AgiCall implements Call {

    /** Asterisk gives up a dial that rings for too long within this. */
    private static final Duration GIVES_UP = Duration.ofSeconds(2);

    private static final Duration LONGEST_PHRASE = Duration.ofMinutes(3);
    private static final int UUID_LENGTH = 36;
    /** How long until it rang or sound came, empty where neither did; then the answer of the one leg that there was. */
    private static final String LAST_ANSWER = "${RINGTIME}${PROGRESSTIME}|${HANGUPCAUSE(${HANGUPCAUSE_KEYS()},tech)}";

    private static final String DONE = "SET VARIABLE HOTLINE_DONE 1";

    private final String id;
    private final AgiCommands commands;
    private final Keypad keypad;
    private final Map<String, String> environment;
    private final TemporarySounds recordings;
    private final AudioSocket sockets;
    private final long begunNanos = System.nanoTime();
    private long talkedNanos;

    /** Until when those who are dialed may ring; empty while nobody is. */
    private volatile Optional<Long> ringsUntilNanos = Optional.empty();

    private Language language = Language.EN;
    private boolean ended;

    AgiCall(AgiWire wire, Map<String, String> environment, TemporarySounds recordings, AudioSocket sockets) {
        commands = new AgiCommands(wire);
        keypad = new Keypad(commands);
        id = id(environment);
        this.environment = environment;
        this.recordings = recordings;
        this.sockets = sockets;
    }

    /** No caller's call is named as Asterisk names it; one that we made ourselves is, so that it is known again. */
    private static String id(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("agi_uniqueid"))
                .filter(text -> text.matches("synthetic-[0-9a-f-]{36};2"))
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Optional<String> callerNumber() {
        return Optional.ofNullable(environment.get("agi_callerid")).filter(text -> text.matches("\\+?\\d{3,15}"));
    }

    @Override
    public Optional<String> parameter(String name) {
        var reply = commands.reply("GET VARIABLE " + quoted(name), AT_ONCE);
        return reply.result().equals("1") ? reply.data() : Optional.empty();
    }

    @Override
    public void give(String name, String value) {
        commands.set(name, value);
    }

    @Override
    public Optional<UUID> uuid() {
        return id.length() == UUID_LENGTH ? Optional.of(UUID.fromString(id)) : Optional.empty();
    }

    @Override
    public void bind(UUID offer) {
        commands.set("DIALSTATUS", "");
        commands.set("HOTLINE_OFFER", offer.toString());
        commands.set("CHANNEL(accountcode)", "offer-" + offer);
    }

    @Override
    public void unbind() {
        commands.set("HOTLINE_OFFER", "");
        commands.set("CHANNEL(accountcode)", "");
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begunNanos - talkedNanos);
    }

    @Override
    public Language language() {
        return language;
    }

    @Override
    public void speak(Language chosen) {
        language = chosen;
        commands.set("CHANNEL(language)", chosen.folder());
        commands.set("__HOTLINE_LANGUAGE", chosen.folder());
    }

    @Override
    public void answer() {
        commands.verb("ANSWER", AT_ONCE);
    }

    @Override
    public void say(Phrase phrase) {
        keypad.say(phrase);
    }

    @Override
    public void announce(Phrase phrase) {
        keypad.clear();
        commands.verb("EXEC Playback " + quoted(Keypad.sounds(phrase)), LONGEST_PHRASE);
    }

    @Override
    public void notice(Phrase phrase) {
        keypad.sayAll(phrase);
    }

    @Override
    public void play(byte[] recording) {
        recordings.with((name, file) -> {
            Files.write(file, recording);
            return commands.verb("EXEC Playback " + quoted(name), LONGEST_PHRASE);
        });
    }

    @Override
    public String ask(Phrase phrase, int mostKeys) {
        return keypad.ask(phrase, mostKeys);
    }

    @Override
    public String askAhead(Phrase phrase, int mostKeys) {
        return keypad.askAhead(phrase, mostKeys);
    }

    @Override
    public byte[] record(Duration atMost) {
        return recordings.with((name, file) -> {
            var command = "RECORD FILE %s sln \"#\" %d BEEP s=3".formatted(quoted(name), atMost.toMillis());
            commands.verb(command, atMost.plus(AT_ONCE));
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        });
    }

    @Override
    public void listen(Duration atMost, Consumer<byte[]> audio) {
        commands.verb("EXEC Playback \"beep\"", AT_ONCE);
        sockets.listen(
                audio,
                atMost,
                id -> commands.attempt(
                        "EXEC AudioSocket " + quoted(id + "," + sockets.address()), atMost.plus(AT_ONCE)));
    }

    @Override
    public void pause(Duration time) {
        keypad.pause(time);
    }

    @Override
    public Dialled dial(Dial dial) {
        var command = DialCommand.of(dial);
        commands.alive();
        switch (dial) {
            case Dial.Outside outside -> {
                if (!mayLeave(outside)) {
                    return new Dialled(Result.NOT_ALLOWED, Duration.ZERO);
                }
                // What an earlier dial on this leg came to would stand beside what this one comes to.
                commands.reply("EXEC HangupCauseClear \"\"", AT_ONCE);
                commands.set("CALLERID(name)", "");
                commands.set("CALLERID(num)", outside.shownNumber());
                commands.set("CALLERID(pres)", outside.hidden() ? "prohib" : "allowed");
            }
            case Dial.Staff staff -> {
                commands.set("__HOTLINE_LINE", staff.line().name().toLowerCase(Locale.ROOT));
                // Whoever takes it settles what this caller asked for. Nothing names a call of the tip line.
                if (staff.line() == Dial.Line.TRAUMA) {
                    commands.set("__HOTLINE_CALL", id);
                }
                commands.set("SHARED(HOTLINE_TAKEN)", "0");
                commands.set("SHARED(STAFF_NEXT)", "0");
                RingList.variables(staff.phones()).forEach((name, value) -> commands.set("__" + name, value));
            }
        }
        var dialledNanos = System.nanoTime();
        ringsUntilNanos =
                Optional.of(dialledNanos + dial.ringFor().plus(GIVES_UP).toNanos());
        // Should we be gone by the end of the talk, the dialplan says nothing more.
        commands.set("HOTLINE_DIALS", "1");
        commands.reply(command, DialCommand.limit(dial));
        commands.set("HOTLINE_DIALS", "0");
        ringsUntilNanos = Optional.empty();
        talkedNanos += System.nanoTime() - dialledNanos;
        return dialled(commands.variable("DIALSTATUS"), dial instanceof Dial.Outside);
    }

    private boolean mayLeave(Dial.Outside outside) {
        commands.reply(DialCommand.guard(outside), AT_ONCE);
        return commands.variable("GOSUB_RETVAL").equals("1");
    }

    @Override
    public Result bring(Dial dial, boolean takesOver) {
        commands.alive();
        if (dial instanceof Dial.Outside outside && !mayLeave(outside)) {
            return Result.NOT_ALLOWED;
        }
        var about = new LinkedHashMap<String, String>();
        about.put("HOTLINE_LANGUAGE", commands.variable("HOTLINE_LANGUAGE"));
        parameter("HOTLINE_CALLBACK").ifPresent(callback -> about.put("HOTLINE_TALK_OF", callback));
        var talk = environment.getOrDefault("agi_channel", "");
        commands.reply("EXEC PlayTones \"ring\"", AT_ONCE);
        commands.reply(
                DialCommand.third(dial, talk, takesOver, about), dial.ringFor().plus(AT_ONCE));
        commands.reply("EXEC StopPlayTones \"\"", AT_ONCE);
        var joined = DialCommand.joined(commands.variable("ORIGINATE_STATUS"));
        return joined == Result.ANSWERED && isAlone() ? Result.GIVEN_UP : joined;
    }

    /** Whether whoever was talked with has hung up: then nobody can join. */
    private boolean isAlone() {
        return commands.reply("GET FULL VARIABLE \"${CHANNEL_EXISTS(${TALKS_WITH})}\"", AT_ONCE)
                .data()
                .filter("0"::equals)
                .isPresent();
    }

    @Override
    public boolean isTalk() {
        return ringsUntilNanos.filter(until -> System.nanoTime() - until > 0).isPresent();
    }

    @Override
    public Optional<Dialled> lastDialled() {
        return parameter("DIALSTATUS").filter(status -> !status.isEmpty()).map(status -> dialled(status, true));
    }

    /** These variables can be read when our own side has hung up, too. */
    private Dialled dialled(String status, boolean alone) {
        var tried = alone && !status.equals("ANSWER") && !status.equals("CANCEL");
        return DialCommand.outcome(
                status,
                commands.variable("HANGUPCAUSE"),
                commands.variable("ANSWEREDTIME"),
                tried ? lastAnswer() : Optional.empty());
    }

    private Optional<SipAnswer> lastAnswer() {
        var told = commands.reply("GET FULL VARIABLE " + quoted(LAST_ANSWER), AT_ONCE)
                .data()
                .orElse("");
        return told.contains("|")
                ? SipAnswer.parse(told.substring(told.indexOf('|') + 1), !told.startsWith("|"))
                : Optional.empty();
    }

    @Override
    public void hangUp() {
        done();
        commands.hangUp();
    }

    /** Tells the dialplan that nothing is left to do; a call that ends without it is taken for one that broke. */
    void done() {
        if (!ended) {
            ended = true;
            commands.reply(DONE, AT_ONCE);
        }
    }
}
