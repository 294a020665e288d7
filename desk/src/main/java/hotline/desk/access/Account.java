package hotline.desk.access;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A person who may sign in. Who has a phone of the same name among the staff is called on it.
 *
 * @param name small letters, digits, dots and dashes
 * @param first whether the password was given by another person, and has to be chosen yet
 * @param secondFactor whether an authenticator app belongs to it
 * @param provided whether an OpenID provider vouches for it; it has neither password nor app here
 */
public record Account(String name, UUID id, Set<Scope> scopes, boolean first, boolean secondFactor, boolean provided) {

    public Account {
        scopes = Set.copyOf(scopes);
    }

    /** @throws IllegalArgumentException that says how a name is written */
    public static String name(String name) {
        return Optional.of(name)
                .filter(text -> text.matches("[a-z0-9][a-z0-9._-]{0,63}"))
                .orElseThrow(() ->
                        new IllegalArgumentException("name: write up to 64 small letters, digits, dots and dashes"));
    }
}
