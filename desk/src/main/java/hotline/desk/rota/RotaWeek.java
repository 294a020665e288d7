package hotline.desk.rota;

import hotline.callback.Role;
import hotline.callback.staff.Roster;
import hotline.callback.staff.Roster.Member;
import hotline.callback.staff.Roster.Span;
import hotline.desk.http.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The rota of the seven days from today on, as a picture and in words. */
public final class RotaWeek {

    private static final int DAYS = 7;

    /** The picture of a day is as wide as it has five minutes. */
    private static final int WIDTH = 288;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, MMMM d", Locale.US);

    private RotaWeek() {}

    /** @param gaps when nobody is on duty to call back, in words */
    public record Day(String name, boolean today, List<PersonWeek> lines, List<String> gaps) {}

    /** A person on a day. */
    public record PersonWeek(String name, String role, String hours, List<Bar> bars) {}

    /** In the picture: where it begins, and how wide it is. */
    public record Bar(int x, int width) {}

    /** @param beside people who close no gap */
    static List<Day> of(Roster roster, List<Member> beside) {
        var today = roster.now().atZone(roster.zone()).toLocalDate();
        var days = new ArrayList<Day>();
        for (var i = 0; i < DAYS; i++) {
            var date = today.plusDays(i);
            var from = date.atStartOfDay(roster.zone()).toInstant();
            var to = date.plusDays(1).atStartOfDay(roster.zone()).toInstant();
            var lines = Stream.concat(roster.members().stream(), beside.stream())
                    .map(member -> line(roster, member, from, to))
                    .filter(line -> !line.bars().isEmpty())
                    .toList();
            // What is past can no longer be filled.
            var gaps = roster.gaps(responders(roster), i == 0 ? roster.now() : from, to).stream()
                    .map(span -> words(roster, span, from, to))
                    .toList();
            days.add(new Day(DAY.format(date), i == 0, lines, gaps));
        }
        return days;
    }

    private static List<Member> responders(Roster roster) {
        return roster.members().stream()
                .filter(member -> member.person().role() == Role.RESPONDER)
                .toList();
    }

    private static PersonWeek line(Roster roster, Member member, Instant from, Instant to) {
        var spans = roster.duty(member, from, to);
        var hours = spans.stream().map(span -> words(roster, span, from, to)).toList();
        return new PersonWeek(
                member.person().name(),
                StaffPages.role(member.person().role()),
                String.join(", ", hours),
                spans.stream().map(span -> bar(span, from, to)).toList());
    }

    private static Bar bar(Span span, Instant from, Instant to) {
        var day = Duration.between(from, to).toMinutes();
        var x = (int) (Duration.between(from, span.from()).toMinutes() * WIDTH / day);
        var end = (int) (Duration.between(from, span.to()).toMinutes() * WIDTH / day);
        return new Bar(x, Math.max(1, end - x));
    }

    private static String words(Roster roster, Span span, Instant from, Instant to) {
        if (span.from().equals(from) && span.to().equals(to)) {
            return "all day";
        }
        return hours(
                span.from().atZone(roster.zone()).toLocalTime(),
                span.to().atZone(roster.zone()).toLocalTime());
    }

    static String hours(LocalTime from, LocalTime to) {
        return clock(from) + " – " + clock(to);
    }

    private static String clock(LocalTime time) {
        return time.equals(LocalTime.MIDNIGHT) ? "midnight" : Words.clock(time);
    }
}
