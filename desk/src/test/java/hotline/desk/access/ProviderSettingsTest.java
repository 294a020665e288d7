package hotline.desk.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a provider's words mean here. */
final class ProviderSettingsTest {

    private static final String ROLES = "roles: desk=responder, Chief of Staff=supervisor,ou=it=administrator";

    private static ProviderSettings settings(String roles) {
        return ProviderSettings.parse("https://id.example/city", "hotline", "the-secret", roles);
    }

    @Test
    void a_role_there_is_a_role_here_and_all_others_are_none() {
        var settings = settings(ROLES);
        assertEquals(Set.of(Scope.RESPONDER), settings.scopes(Map.of("roles", List.of("desk", "chief", "Desk"))));
        assertEquals(Set.of(Scope.SUPERVISOR), settings.scopes(Map.of("roles", "Chief of Staff")));
        assertEquals(Set.of(Scope.ADMINISTRATOR), settings.scopes(Map.of("roles", List.of("ou=it"))));
        assertEquals(Set.of(), settings.scopes(Map.of("roles", Map.of("desk", true), "groups", "desk")));
        assertEquals(Set.of(), settings.scopes(Map.of()));
    }

    @Test
    void a_claim_lies_inside_of_another_or_has_dots_in_its_own_name() {
        var inside = settings("realm_access.roles: desk=responder");
        assertEquals(Set.of(Scope.RESPONDER), inside.scopes(Map.of("realm_access", Map.of("roles", List.of("desk")))));
        var dotted = settings("https://city.example/roles: desk=responder");
        assertEquals(Set.of(Scope.RESPONDER), dotted.scopes(Map.of("https://city.example/roles", List.of("desk"))));
    }

    @Test
    void people_are_called_what_the_provider_calls_them_in_small_letters_and_with_their_domain() {
        var settings = settings(ROLES);
        assertEquals(Optional.of("rosa@y.z"), settings.name(Map.of("preferred_username", "Rosa", "email", "x@y.z")));
        assertEquals(
                Optional.of("rosa@city.example"),
                settings.name(Map.of("preferred_username", "Rosa@City.example", "email", "x@y.z")));
        assertEquals(Optional.of("rosa"), settings.name(Map.of("preferred_username", "Rosa")));
        assertEquals(Optional.of("rosa.m@city.example"), settings.name(Map.of("email", "Rosa.M@city.example")));
        var long320 = "r".repeat(400) + "@city.example";
        assertEquals(Optional.of("r".repeat(320)), settings.name(Map.of("email", long320)));
        assertEquals(Optional.empty(), settings.name(Map.of("preferred_username", " ")));
        assertEquals(Optional.empty(), settings.name(Map.of("name", "Rosa")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "http://id.example; hotline; s; roles: a=responder",
                "id.example; hotline; s; roles: a=responder",
                "https://id.example; ''; s; roles: a=responder",
                "https://id.example; hotline; ''; roles: a=responder",
                "https://id.example; hotline; s; ''",
                "https://id.example; hotline; s; a=responder",
                "https://id.example; hotline; s; roles: a=chief",
                "https://id.example; hotline; s; roles: a=text_system",
                "https://id.example; hotline; s; roles: =responder",
            })
    void nonsense_is_refused(String issuer, String client, String secret, String roles) {
        assertThrows(IllegalArgumentException.class, () -> ProviderSettings.parse(issuer, client, secret, roles));
    }

    @Test
    void a_careless_line_tells_no_secret() {
        assertFalse(settings(ROLES).toString().contains("the-secret"));
    }
}
