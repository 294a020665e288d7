package hotline.desk.http;

import gg.jte.Content;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a long list is searched for. It stands in the address, so that it can be gone back to and sent to somebody, and needs no
 * script.
 *
 * @param path of the list
 * @param label of the search box, such as {@code Find an account}
 * @param words that were typed
 */
public record Finding(String path, String label, String words, List<Filter> filters) {

    private static final Templates TEMPLATES = new Templates();

    /** As the list asks for it: {@code name} in the address, and what may be chosen, the usual first; an empty value stands for all. */
    public record Filter(String name, String label, List<Choice> choices) {

        /** @param labels by value, in the order in which they are shown */
        public static Filter of(PageRequest visit, String name, String label, Map<String, String> labels) {
            var asked = visit.query(name).filter(labels::containsKey).orElse("");
            return new Filter(
                    name,
                    label,
                    labels.entrySet().stream()
                            .map(entry -> new Choice(
                                    entry.getKey(),
                                    entry.getValue(),
                                    entry.getKey().equals(asked)))
                            .toList());
        }

        /** Whether something else than the first was chosen. */
        public boolean isOn() {
            return !choices.getFirst().chosen() && !chosen().isEmpty();
        }

        /** The value that was chosen; empty for all. */
        public String chosen() {
            return choices.stream()
                    .filter(Choice::chosen)
                    .map(Choice::value)
                    .findFirst()
                    .orElse("");
        }

        /** Whether this is what was chosen, or all were. */
        public boolean takes(String value) {
            return chosen().isEmpty() || chosen().equals(value);
        }
    }

    /**
     * What came of it.
     *
     * @param counted such as {@code 3 of 142 prompts}
     * @param none whether nothing is like that
     */
    public record Found(Finding asked, String counted, boolean none) {

        /** The search box with what was asked for, and the count: for the templates of every module. */
        public Content box() {
            return output -> output.writeContent(TEMPLATES.alone("find.jte", this));
        }
    }

    public static Finding of(PageRequest visit, String path, String label, Filter... filters) {
        return new Finding(path, label, visit.query("find").orElse("").strip(), List.of(filters));
    }

    /** Whether all words that were typed are in these texts, in any letters. */
    public boolean matches(String... texts) {
        var text = String.join(" ", texts).toLowerCase(Locale.ROOT);
        return Arrays.stream(words.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(text::contains);
    }

    /** Whether less than all of the list is asked for. */
    public boolean isOn() {
        return !words.isEmpty() || filters.stream().anyMatch(Filter::isOn);
    }

    /** @param more behind what is asked for, such as {@code page=2} */
    public String address(String... more) {
        var asked = Stream.concat(
                        Stream.of(Map.entry("find", words)),
                        filters.stream().map(filter -> Map.entry(filter.name(), filter.chosen())))
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8));
        var all = Stream.concat(asked, Arrays.stream(more)).toList();
        return all.isEmpty() ? path : path + "?" + String.join("&", all);
    }

    /** @param things such as {@code prompts} */
    public Found found(long shown, long all, String things) {
        var counted = isOn() ? "%,d of %,d %s".formatted(shown, all, things) : "%,d %s".formatted(all, things);
        return new Found(this, counted, shown == 0 && isOn());
    }

    /** The same where only a part of what was found is shown: {@code 26 to 50 of 142 prompts}. */
    public Found found(int from, int to, long found, String things) {
        var counted = found == 0 ? "No " + things : "%,d to %,d of %,d %s".formatted(from + 1, to, found, things);
        return new Found(this, counted, found == 0 && isOn());
    }
}
