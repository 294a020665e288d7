package hotline.agi;

import hotline.agi.AgiReply.Success;
import hotline.call.CallerHungUp;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Commands to one call's Asterisk, and what their replies mean: a hang-up and a fault are thrown. */
final class AgiCommands {

    static final Duration AT_ONCE = Duration.ofSeconds(10);

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

    private final AgiWire wire;

    AgiCommands(AgiWire wire) {
        this.wire = wire;
    }

    /** A command that needs the caller: when they are gone it throws. */
    Success verb(String command, Duration limit) {
        var reply = success(command, wire.sendToCaller(command, limit));
        if (!reply.result().equals("-1")) {
            return reply;
        } else if (reply.data().filter("writefile"::equals).isPresent()) {
            throw new AgiBroken("Asterisk cannot write a recording: look at the space and owner of HOTLINE_HOME/tmp");
        }
        throw new CallerHungUp();
    }

    /** A command that may fail, or end early, while the caller is still there: only when they are gone it throws. */
    Optional<Success> attempt(String command, Duration limit) {
        var reply = success(command, wire.sendToCaller(command, limit));
        if (!reply.result().equals("-1")) {
            return Optional.of(reply);
        }
        verb("WAIT FOR DIGIT 1", AT_ONCE);
        return Optional.empty();
    }

    Success reply(String command, Duration limit) {
        return success(command, wire.send(command, limit));
    }

    void set(String variable, String value) {
        reply("SET VARIABLE " + variable + " " + quoted(value), AT_ONCE);
    }

    String variable(String name) {
        return reply("GET VARIABLE " + name, AT_ONCE).data().orElse("");
    }

    /** Whether the caller is still there to be hung up on does not matter. */
    void hangUp() {
        wire.send("HANGUP", AT_ONCE);
    }

    void alive() {
        if (wire.hungUp()) {
            throw new CallerHungUp();
        }
    }

    private static Success success(String command, AgiReply reply) {
        return switch (reply) {
            case Success success
            when success.result().equals("-2") -> throw new AgiBroken("Asterisk lacks " + verbOf(command));
            case Success success -> success;
            case AgiReply.DeadChannel _ -> throw new CallerHungUp();
            case AgiReply.Refused _ -> throw new AgiBroken("Asterisk refuses " + verbOf(command));
        };
    }

    /** Its first two words: what follows them may be a number. */
    private static String verbOf(String command) {
        return command.replaceFirst("^(\\S+ \\S+).*", "$1");
    }

    /** One argument of a command: what could end it, or the line, is taken out. */
    static String quoted(String value) {
        return '"' + CONTROL.matcher(value).replaceAll("").replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
