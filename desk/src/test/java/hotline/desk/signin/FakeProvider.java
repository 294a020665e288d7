package hotline.desk.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/** An OpenID provider that says what a test wants it to say, also what none may. */
final class FakeProvider implements AutoCloseable {

    static final String CLIENT = "hotline";
    static final String SECRET = "a secret of the test";

    /** What a test makes of the claims and the key: the token that is given. */
    interface Lie extends BiFunction<JWTClaimsSet.Builder, RSAKey, String> {}

    final AtomicReference<Lie> lie = new AtomicReference<>(FakeProvider::signed);
    final AtomicReference<JsonObject> userInfo = new AtomicReference<>(new JsonObject());

    /** What it was asked with: the code's verifier among it. */
    final AtomicReference<Optional<String>> verifier = new AtomicReference<>(Optional.empty());

    private final RSAKey key = newKey("1");
    private final HttpServer server;

    FakeProvider(Vertx vertx) {
        var router = Router.router(vertx);
        router.get("/.well-known/openid-configuration").handler(this::parts);
        router.get("/keys").handler(request -> json(request, new JsonObject(new JWKSet(key.toPublicJWK()).toString())));
        router.post("/token").handler(BodyHandler.create(false)).handler(this::token);
        router.get("/me").handler(request -> json(request, userInfo.get()));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String signed(JWTClaimsSet.Builder claims, RSAKey key) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(key.getKeyID())
                    .build();
            var token = new SignedJWT(header, claims.build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** The person rosa, a supervisor, for us and for a minute. */
    JWTClaimsSet.Builder claims(String nonce) {
        var now = InstantSource.system().instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .subject("person-1")
                .claim("nonce", nonce)
                .claim("preferred_username", "Rosa@example.org")
                .claim("realm_access", Map.of("roles", List.of("hotline-supervisor", "other")))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(1))));
    }

    static Date ago(Duration time) {
        Instant then = InstantSource.system().instant().minus(time);
        return Date.from(then);
    }

    private final AtomicReference<String> nonce = new AtomicReference<>("");

    /** Of the sign-in that is under way. */
    void nonce(String asked) {
        nonce.set(asked);
    }

    private void parts(RoutingContext request) {
        json(
                request,
                new JsonObject()
                        .put("issuer", issuer())
                        .put("authorization_endpoint", issuer() + "/authorize")
                        .put("token_endpoint", issuer() + "/token")
                        .put("userinfo_endpoint", issuer() + "/me")
                        .put("end_session_endpoint", issuer() + "/end")
                        .put("jwks_uri", issuer() + "/keys")
                        .put("response_types_supported", new JsonArray().add("code"))
                        .put("subject_types_supported", new JsonArray().add("public"))
                        .put("scopes_supported", new JsonArray().add("openid").add("profile"))
                        .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256")));
    }

    private void token(RoutingContext request) {
        verifier.set(Optional.ofNullable(request.request().getFormAttribute("code_verifier")));
        json(
                request,
                new JsonObject()
                        .put("access_token", "opens-the-user-info")
                        .put("token_type", "Bearer")
                        .put("id_token", lie.get().apply(claims(nonce.get()), key)));
    }

    private static void json(RoutingContext request, JsonObject json) {
        request.response().putHeader("Content-Type", "application/json").end(json.encode());
    }

    @Override
    public void close() {
        server.close().await();
    }
}
