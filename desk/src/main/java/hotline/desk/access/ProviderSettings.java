package hotline.desk.access;

import java.net.URI;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which OpenID provider vouches for people, and what its words mean here.
 *
 * @param issuer exactly as it stands in its tokens
 * @param client as which we are registered there
 * @param claim that holds a person's roles: its name, or the way to it with dots, such as {@code realm_access.roles}
 * @param roles of the provider, and what each may do here
 */
public record ProviderSettings(URI issuer, String client, String secret, String claim, Map<String, Scope> roles) {

    private static final int LONGEST_NAME = 320;
    private static final Pattern ROLES = Pattern.compile("\\s*(\\S+)\\s*:\\s+(.+)");
    private static final String WRITE =
            "write the claim and what its values mean, such as 'roles: hotline-supervisor=supervisor, hotline-desk=responder'";

    public ProviderSettings {
        roles = Map.copyOf(roles);
    }

    /** @throws IllegalArgumentException that says what to write, and nothing of the secret */
    public static ProviderSettings parse(String issuer, String client, String secret, String roles) {
        if (client.isEmpty() || secret.isEmpty()) {
            throw new IllegalArgumentException("set HOTLINE_OIDC_CLIENT and HOTLINE_OIDC_SECRET too");
        }
        var parts = ROLES.matcher(roles);
        if (!parts.matches()) {
            throw new IllegalArgumentException("HOTLINE_OIDC_ROLES: " + WRITE);
        }
        return new ProviderSettings(issuer(issuer), client, secret, parts.group(1), meanings(parts.group(2)));
    }

    private static URI issuer(String text) {
        var issuer = URI.create(text);
        var here = Set.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(issuer.getHost()));
        if (!"https".equals(issuer.getScheme()) && !("http".equals(issuer.getScheme()) && here)) {
            throw new IllegalArgumentException(
                    "write its address as it stands in its tokens, such as https://id.example/realm");
        }
        return issuer;
    }

    private static Map<String, Scope> meanings(String text) {
        var meanings = new LinkedHashMap<String, Scope>();
        for (var meaning : text.strip().split("\\s*,\\s*")) {
            var at = meaning.lastIndexOf('=');
            var scope = java.util.Arrays.stream(Scope.values())
                    .filter(one -> one != Scope.TEXT_SYSTEM)
                    .filter(one -> one.name()
                            .toLowerCase(Locale.ROOT)
                            .equals(meaning.substring(at + 1).strip()))
                    .findFirst();
            if (at < 1 || scope.isEmpty()) {
                throw new IllegalArgumentException("HOTLINE_OIDC_ROLES: '" + meaning + "' cannot be: " + WRITE);
            }
            meanings.put(meaning.substring(0, at).strip(), scope.get());
        }
        return meanings;
    }

    /** Whether these claims tell both who somebody is and what they may do. */
    boolean isIn(Map<String, Object> claims) {
        return name(claims).isPresent() && value(claims) != null;
    }

    /** The name under which people know them, in small letters, and with the domain of their address where it has none of its own. */
    Optional<String> name(Map<String, Object> claims) {
        var email = text(claims, "email");
        var domain = email.filter(text -> text.contains("@")).map(text -> text.substring(text.indexOf('@')));
        return text(claims, "preferred_username")
                .map(text -> text.contains("@") ? text : text + domain.orElse(""))
                .or(() -> email)
                .map(text -> text.substring(0, Math.min(LONGEST_NAME, text.length())));
    }

    private static Optional<String> text(Map<String, Object> claims, String claim) {
        return Optional.ofNullable(claims.get(claim))
                .map(value -> value.toString().strip().toLowerCase(Locale.ROOT))
                .filter(text -> !text.isEmpty());
    }

    Set<Scope> scopes(Map<String, Object> claims) {
        var value = value(claims);
        var words = value instanceof Collection<?> several ? several : value == null ? List.of() : List.of(value);
        var scopes = EnumSet.noneOf(Scope.class);
        words.forEach(one -> Optional.ofNullable(roles.get(String.valueOf(one))).ifPresent(scopes::add));
        return scopes;
    }

    private @Nullable Object value(Map<String, Object> claims) {
        if (claims.containsKey(claim)) {
            return claims.get(claim);
        }
        Object value = claims;
        for (var step : claim.split("\\.")) {
            value = value instanceof Map<?, ?> inner ? inner.get(step) : null;
        }
        return value;
    }

    /** Without the secret: a careless line tells nothing. */
    @Override
    public String toString() {
        return "ProviderSettings[" + issuer + "]";
    }
}
