package hotline.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.Waiting;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about a call-back's life draws what the code does. */
final class LifeCyclePageTest {

    private static final Pattern ARROW = Pattern.compile("(\\w+) --> (\\w+) : (\\w+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|.*\\|([^|]*)\\|$");
    private static final Set<String> NO_MOVES = Set.of("with", "standing");

    @Test
    void every_arrow_is_a_move_and_every_move_an_arrow() throws IOException {
        var drawn = new TreeSet<String>();
        ARROW.matcher(page()).results().map(MatchResult::group).forEach(drawn::add);
        var coded = new TreeSet<String>();
        states().forEach(state -> moves(state)
                .flatMap(move -> targets(state, move)
                        .filter(target -> target != state)
                        .map(target -> arrow(state, target, move.getName())))
                .forEach(coded::add));
        assertEquals(coded, drawn);
    }

    @Test
    void the_table_has_every_state_and_the_moves_that_stay_in_it() throws IOException {
        var written = new TreeMap<String, Set<String>>();
        ROW.matcher(page()).results().forEach(row -> written.put(row.group(1), words(row.group(2))));
        var coded = new TreeMap<String, Set<String>>();
        states().forEach(state -> coded.put(
                state.getSimpleName(),
                moves(state)
                        .filter(move -> !Set.of("settle", "say").contains(move.getName()))
                        .filter(move -> targets(state, move).allMatch(state::equals))
                        .map(Method::getName)
                        .collect(TreeSet::new, Set::add, Set::addAll)));
        assertEquals(coded, written);
    }

    private static Stream<Class<?>> states() {
        return states(Callback.class);
    }

    private static Stream<Class<?>> states(Class<?> type) {
        return type.isInterface()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(LifeCyclePageTest::states)
                        .distinct()
                : Stream.of(type);
    }

    private static Stream<Method> moves(Class<?> state) {
        return Arrays.stream(state.getMethods())
                .filter(method -> !method.isBridge() && !NO_MOVES.contains(method.getName()))
                .filter(method -> Callback.class.isAssignableFrom(method.getReturnType())
                        || method.getReturnType() == Callback.Climb.class);
    }

    private static Stream<? extends Class<?>> targets(Class<?> state, Method move) {
        if (move.getName().equals("settle")) {
            return settled().distinct();
        } else if (move.getName().equals("say")) {
            return said().distinct();
        } else if (move.getName().equals("lapse")) {
            return Stream.of(Waiting.class, NeedsDecision.class);
        }
        var returned = move.getReturnType();
        return Stream.of(returned.isInterface() || returned == Callback.Climb.class ? state : returned);
    }

    /** A settled dial goes different ways: all that can happen to it is tried. */
    private static Stream<Class<?>> settled() {
        var said = Stream.concat(
                Stream.of(Optional.<Disposition>empty()),
                Stream.of(Disposition.TALKED, Disposition.NO_ANSWER, Disposition.MISTAKEN_NUMBER)
                        .map(Optional::of));
        return said.flatMap(found -> Arrays.stream(Outcome.values())
                        .flatMap(outcome -> IntStream.range(0, 9)
                                .mapToObj(attempts -> Sample.dialled(1, attempts)
                                        .settle("ann", outcome, found, RetryPlan.STANDARD, Sample.minute(2)))))
                .map(Callback::getClass);
    }

    private static Stream<Class<?>> said() {
        return Stream.of(Disposition.TALKED, Disposition.NO_ANSWER)
                .flatMap(disposition -> IntStream.range(0, 9)
                        .mapToObj(attempts -> Sample.waiting(attempts)
                                .talks("ann", Sample.minute(1))
                                .say(disposition, RetryPlan.STANDARD, Sample.minute(2))))
                .map(Callback::getClass);
    }

    private static String arrow(Class<?> from, Class<?> to, String move) {
        return from.getSimpleName() + " --> " + to.getSimpleName() + " : " + move;
    }

    private static Set<String> words(String cell) {
        return cell.isBlank()
                ? Set.of()
                : new TreeSet<>(Set.of(cell.strip().replace("`", "").split(" ")));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/callback-life-cycle.md"));
    }
}
