package hotline.callback.ami;

import hotline.base.RingList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Whom Asterisk rings when the server is gone: global variables of the dialplan, written only where they have changed. */
final class LastResort {

    private final UnaryOperator<String> get;
    private final BiPredicate<String, String> set;
    private final Map<String, String> known = new HashMap<>();

    /**
     * @param get what a global variable of Asterisk's holds; empty where it holds nothing
     * @param set sets one, and tells whether Asterisk has taken it
     */
    LastResort(UnaryOperator<String> get, BiPredicate<String, String> set) {
        this.get = get;
        this.set = set;
    }

    /** Asterisk may have been started anew, and know nobody. */
    void forget() {
        known.clear();
    }

    /** Leaves these phones behind, and nothing of a longer list. What was not taken is told again the next time. */
    void tell(List<String> phones) {
        if (known.isEmpty()) {
            readWhatIsThere();
        }
        var variables = RingList.variables(phones);
        variables.forEach(this::tell);
        Set.copyOf(known.keySet()).stream()
                .filter(name -> !variables.containsKey(name))
                .forEach(name -> tell(name, ""));
    }

    /** A server before us may have left a longer list. */
    private void readWhatIsThere() {
        var at = 0;
        for (var value = get.apply(RingList.name(at)); !value.isEmpty(); value = get.apply(RingList.name(at))) {
            known.put(RingList.name(at), value);
            at++;
        }
    }

    private void tell(String name, String value) {
        if (!value.equals(known.get(name)) && set.test(name, value)) {
            known.put(name, value);
        }
    }
}
