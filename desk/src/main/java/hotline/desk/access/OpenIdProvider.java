package hotline.desk.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope.Value;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An OpenID provider that vouches for people: the authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0,
 * RFC 7636). Where its parts lie it tells itself; it is asked at the first sign-in, so that we start without it.
 */
public final class OpenIdProvider {

    private static final int PATIENCE_MS = 5_000;
    private static final int LARGEST_ANSWER = 256 * 1024;
    private static final List<String> SCOPES = List.of("profile", "email", "roles", "groups");

    private final ProviderSettings settings;
    private final AtomicReference<Optional<Known>> known = new AtomicReference<>(Optional.empty());

    public OpenIdProvider(ProviderSettings settings) {
        this.settings = settings;
    }

    /** Where the provider's parts are, and who checks what it says. */
    private record Known(OIDCProviderMetadata parts, IDTokenValidator tokens) {}

    /**
     * Somebody goes to the provider.
     *
     * @param state comes back with them
     * @param nonce stands in the token that is then given
     * @param verifier shows that whoever comes back is who went
     */
    public record Going(URI to, String state, String nonce, String verifier) {}

    /**
     * Somebody for whom the provider vouches.
     *
     * @param subject the issuer, and its lasting name for the person: a name that is given anew there opens nobody's account here
     * @param name by which people know them, in small letters, with its domain where it has one
     * @param scopes at least one
     */
    public record Person(String subject, String name, Set<Scope> scopes) {

        /** What stands before the @. */
        String shortName() {
            return name.replaceFirst("@.*", "");
        }

        /** What stands behind it; may be empty. */
        String domain() {
            return name.substring(Math.min(name.length(), shortName().length() + 1));
        }
    }

    /** Somebody who is not let in: the message says why, in words for them. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String advice) {
            super(advice);
        }

        Refused(String advice, Throwable why) {
            super(advice, why);
        }
    }

    /**
     * @param back our address, to which the provider sends them back
     * @throws ProviderUnavailable when the provider does not answer
     */
    public Going begin(URI back) {
        var parts = known().parts();
        var state = new State();
        var nonce = new Nonce();
        var verifier = new CodeVerifier();
        var to = new AuthenticationRequest.Builder(ResponseType.CODE, scope(parts), client(), back)
                .endpointURI(parts.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
        return new Going(to, state.getValue(), nonce.getValue(), verifier.getValue());
    }

    /**
     * @param came our address with what the provider wrote behind the question mark
     * @throws Refused when the provider does not vouch for them, or what it says cannot be relied on
     * @throws ProviderUnavailable when the provider does not answer
     */
    public Person back(URI back, URI came, Going went) {
        var code = code(came, went);
        try {
            var tokens = tokens(back, code, went);
            var claims = known().tokens().validate(tokens.getIDToken(), new Nonce(went.nonce()));
            var said = claims.toJSONObject();
            var asked = settings.isIn(said)
                    ? Map.<String, Object>of()
                    : asked(tokens, claims.getSubject().getValue());
            return new Person(
                    settings.issuer() + " " + claims.getSubject(),
                    settings.name(said)
                            .or(() -> settings.name(asked))
                            .orElseThrow(() ->
                                    new Refused("Your organization does not tell us your name. Ask an administrator.")),
                    Optional.of(settings.scopes(said))
                            .filter(items -> !items.isEmpty())
                            .or(() -> Optional.of(settings.scopes(asked)))
                            .filter(items -> !items.isEmpty())
                            .orElseThrow(() -> new Refused(
                                    "Your organization gives you no role here. Ask an administrator for one.")));
        } catch (BadJOSEException | JOSEException | ParseException e) {
            throw new Refused("What your organization says of you cannot be relied on. Try again.", e);
        } catch (IOException e) {
            throw new ProviderUnavailable("the OpenID provider does not answer", e);
        }
    }

    /** Where people sign out of the provider too, if it has such a place. */
    public Optional<URI> end() {
        return Optional.ofNullable(known().parts().getEndSessionEndpointURI())
                .map(uRI -> URI.create(uRI + (uRI.getQuery() == null ? "?" : "&") + "client_id=" + settings.client()));
    }

    private AuthorizationCode code(URI came, Going went) {
        try {
            var answer = AuthenticationResponseParser.parse(came);
            var ofAnother = answer.getIssuer() != null && !answer.getIssuer().equals(issuer());
            if (ofAnother || !new State(went.state()).equals(answer.getState())) {
                throw new Refused("This sign-in did not begin here. Try again.");
            }
            if (!answer.indicatesSuccess()) {
                throw new Refused("Your organization did not sign you in. Try again.");
            }
            return answer.toSuccessResponse().getAuthorizationCode();
        } catch (ParseException e) {
            throw new Refused("This sign-in did not begin here. Try again.", e);
        }
    }

    private OIDCTokens tokens(URI back, AuthorizationCode code, Going went) throws IOException, ParseException {
        var grant = new AuthorizationCodeGrant(code, back, new CodeVerifier(went.verifier()));
        var request = new TokenRequest.Builder(known().parts().getTokenEndpointURI(), authentication(), grant).build();
        var answer =
                OIDCTokenResponseParser.parse(patient(request.toHTTPRequest()).send());
        if (answer.indicatesSuccess() && answer.toSuccessResponse() instanceof OIDCTokenResponse right) {
            return right.getOIDCTokens();
        }
        throw new Refused("Your organization did not sign you in. Try again.");
    }

    /** What does not stand in the token; only of the same person. */
    private Map<String, Object> asked(OIDCTokens tokens, String subject) throws IOException, ParseException {
        var endpoint = known().parts().getUserInfoEndpointURI();
        if (endpoint == null) {
            return Map.of();
        }
        var request = new UserInfoRequest(endpoint, tokens.getAccessToken()).toHTTPRequest();
        var answer = UserInfoResponse.parse(patient(request).send());
        if (!answer.indicatesSuccess()) {
            return Map.of();
        }
        var info = answer.toSuccessResponse().getUserInfo();
        if (info == null || !info.getSubject().getValue().equals(subject)) {
            throw new Refused("What your organization says of you cannot be relied on. Try again.");
        }
        return info.toJSONObject();
    }

    private Known known() {
        return known.get().orElseGet(() -> {
            try {
                var parts = OIDCProviderMetadata.resolve(issuer(), PATIENCE_MS, PATIENCE_MS);
                var keys = JWKSourceBuilder.<SecurityContext>create(
                                parts.getJWKSetURI().toURL(),
                                new DefaultResourceRetriever(PATIENCE_MS, PATIENCE_MS, LARGEST_ANSWER))
                        .build();
                // Signatures alone: a token that anybody could have written, or made with our own secret, is refused.
                var signed = new JWSVerificationKeySelector<>(Set.copyOf(JWSAlgorithm.Family.SIGNATURE), keys);
                var found = new Known(parts, new IDTokenValidator(issuer(), client(), signed, null));
                known.set(Optional.of(found));
                return found;
            } catch (GeneralException | IOException e) {
                throw new ProviderUnavailable("the OpenID provider at " + settings.issuer() + " does not answer", e);
            }
        });
    }

    private static HTTPRequest patient(HTTPRequest request) {
        request.setConnectTimeout(PATIENCE_MS);
        request.setReadTimeout(PATIENCE_MS);
        request.setFollowRedirects(false);
        return request;
    }

    private ClientAuthentication authentication() {
        var secret = new Secret(settings.secret());
        var methods = known().parts().getTokenEndpointAuthMethods();
        var posted = methods != null
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return posted ? new ClientSecretPost(client(), secret) : new ClientSecretBasic(client(), secret);
    }

    private static com.nimbusds.oauth2.sdk.Scope scope(OIDCProviderMetadata parts) {
        var scope = new com.nimbusds.oauth2.sdk.Scope("openid");
        if (parts.getScopes() != null) {
            SCOPES.stream().map(Value::new).filter(parts.getScopes()::contains).forEach(scope::add);
        }
        return scope;
    }

    private ClientID client() {
        return new ClientID(settings.client());
    }

    private Issuer issuer() {
        return new Issuer(settings.issuer().toString());
    }
}
