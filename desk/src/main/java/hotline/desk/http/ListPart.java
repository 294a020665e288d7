package hotline.desk.http;

import java.util.List;
import java.util.Optional;

/**
 * What one page shows of a long list.
 *
 * @param from how many come before it
 * @param to how many there are up to its end
 * @param before the address of the part before; empty on the first
 * @param next the address of the part behind; empty on the last
 */
public record ListPart<T>(List<T> rows, int from, int to, Optional<String> before, Optional<String> next) {

    /** @param list all of it, or so much that one more stands in it than {@link #upTo} this part */
    public static <T> ListPart<T> of(PageRequest visit, Finding asked, List<T> list, int aPage) {
        var number = Math.min(number(visit), Math.max(0, list.size() - 1) / aPage);
        var from = number * aPage;
        var to = Math.min(from + aPage, list.size());
        return new ListPart<>(
                list.subList(from, to),
                from,
                to,
                Optional.of(asked.address("page=" + (number - 1))).filter(_ -> from > 0),
                Optional.of(asked.address("page=" + (number + 1))).filter(_ -> to < list.size()));
    }

    /** How many stand in the list up to the end of the part that is asked for. */
    public static int upTo(PageRequest visit, int aPage) {
        return (number(visit) + 1) * aPage;
    }

    private static int number(PageRequest visit) {
        return visit.query("page")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    /** Whether it is all there is. */
    public boolean isWhole() {
        return before.isEmpty() && next.isEmpty();
    }
}
