package hotline.tips;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Two vocabularies: the words in which coordinators keep a tip's status, and the few that a caller may hear. Each internal word is
 * spoken as one of these, in each language as configured; the six spoken words are internal words too.
 *
 * @param spoken by internal word, or by {@code language:word} where a language has its own
 */
public record Vocabulary(Map<String, TipStatus> spoken) {

    public static final Vocabulary STANDARD = parse("");

    public Vocabulary {
        spoken = Map.copyOf(spoken);
    }

    /**
     * Reads {@code "at_the_lab in_review, indicted arrest es:in_review"}: an internal word, how it is spoken, and in which language
     * otherwise.
     *
     * @throws IllegalArgumentException naming the part that cannot be
     */
    public static Vocabulary parse(String text) {
        var spoken = new TreeMap<String, TipStatus>();
        for (var status : TipStatus.values()) {
            spoken.put(status.word(), status);
        }
        for (var part : text.strip().split("\\s*,\\s*")) {
            if (!part.isEmpty()) {
                read(part, spoken);
            }
        }
        return new Vocabulary(spoken);
    }

    private static void read(String part, Map<String, TipStatus> spoken) {
        var words = part.split("\\s+");
        if (words.length < 2 || !words[0].matches("[a-z][a-z0-9_]{0,39}")) {
            throw new IllegalArgumentException("'" + part
                    + "' is no status: write an internal word and how it is spoken, such as 'at_the_lab in_review'");
        }
        for (var word : Arrays.asList(words).subList(1, words.length)) {
            var colon = word.indexOf(':');
            var status = TipStatus.of(word.substring(colon + 1))
                    .orElseThrow(() -> new IllegalArgumentException("'" + part + "': spoken is only " + spokenWords()));
            spoken.put(word.substring(0, colon + 1) + words[0], status);
        }
        if (!spoken.containsKey(words[0])) {
            throw new IllegalArgumentException(
                    "'" + part + "' says nothing in the other languages: write a word without a"
                            + " language too, such as '" + words[0] + " in_review'");
        }
    }

    private static String spokenWords() {
        return Arrays.stream(TipStatus.values()).map(TipStatus::word).collect(Collectors.joining(", "));
    }

    /** The word itself when it is one that coordinators may use. */
    public Optional<String> known(String word) {
        return Optional.of(word).filter(text -> !text.contains(":") && spoken.containsKey(text));
    }

    /** How this internal word is spoken in this language; a word that is configured no more is not spoken any more. */
    public TipStatus spoken(String word, String language) {
        return Optional.ofNullable(spoken.get(language + ":" + word))
                .orElseGet(() -> spoken.getOrDefault(word, TipStatus.RETIRED));
    }

    /** Whether it leads a caller to hear, in any language, that a reward was approved: two persons must say so. */
    public boolean promisesReward(String word) {
        return spoken.entrySet().stream()
                .anyMatch(entry -> entry.getValue() == TipStatus.REWARD_APPROVED
                        && (entry.getKey().equals(word) || entry.getKey().endsWith(":" + word)));
    }

    /** The internal words that are spoken so where a language has no word of its own. */
    String[] spokenAs(TipStatus status) {
        return spoken.entrySet().stream()
                .filter(entry -> entry.getValue() == status && !entry.getKey().contains(":"))
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
    }

    /** All internal words, in order. */
    public String words() {
        return String.join(", ", all());
    }

    /** The same, one by one. */
    public SortedSet<String> all() {
        return spoken.keySet().stream()
                .filter(text -> !text.contains(":"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** An internal word as people read it: {@code at the lab}. */
    public static String readable(String word) {
        return word.replace('_', ' ');
    }
}
