package hotline.desk.http;

import hotline.desk.access.Account;
import hotline.desk.access.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The links on top of every page, in four groups; each person sees those that they may open. */
public final class Menu {

    /** As many links as fit on one line of 1,024 pixels beside each other. */
    private static final int FITTING = 8;

    private final List<MenuItem> entries = new ArrayList<>();

    private record MenuItem(Group group, Link link, Set<Scope> scopes) {

        boolean isFor(Account account) {
            return account.scopes().stream().anyMatch(scopes::contains);
        }
    }

    /** What a page is about. */
    public enum Group {
        /** What goes on, and one's own part in it. */
        NOW("Now"),
        TIPS("Tips"),
        PEOPLE("People"),
        SYSTEM("System");

        private final String label;

        Group(String label) {
            this.label = label;
        }
    }

    /** A page that one may go to. */
    public record Link(String path, String label) {

        /** Whether the page that is open is this one, or belongs to it. */
        public boolean holds(String open) {
            return open.equals(path) || open.startsWith(path + "/");
        }
    }

    /**
     * A group as somebody sees it.
     *
     * @param folded whether its links are behind its name, as there are too many for one line
     */
    public record Shown(String label, List<Link> links, boolean folded) {

        public boolean holds(String open) {
            return links.stream().anyMatch(link -> link.holds(open));
        }
    }

    void add(Group group, Link link, Set<Scope> scopes) {
        entries.add(new MenuItem(group, link, scopes));
    }

    /** The page that somebody lands on: the first that was added of those they may see. */
    String first(Account account) {
        return seen(account).map(entry -> entry.link.path()).findFirst().orElse("/account");
    }

    List<Shown> shown(Account account) {
        var seen = seen(account).toList();
        return Arrays.stream(Group.values())
                .map(group -> new Shown(
                        group.label,
                        seen.stream()
                                .filter(entry -> entry.group == group)
                                .map(MenuItem::link)
                                .toList(),
                        seen.size() > FITTING && group != Group.NOW))
                .filter(shown -> !shown.links().isEmpty())
                .toList();
    }

    private Stream<MenuItem> seen(Account account) {
        return entries.stream().filter(entry -> entry.isFor(account));
    }
}
