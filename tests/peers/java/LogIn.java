import com.github.scribejava.core.builder.ServiceBuilder;
import com.github.scribejava.core.builder.api.DefaultApi20;
import com.github.scribejava.core.oauth.AccessTokenRequestParams;
import com.google.gson.Gson;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

/** Logs in with one of Java's OAuth clients: LogIn scribejava | spring. */
public final class LogIn {
    private static final String API = System.getenv("PINTEREST_API_URI");
    private static final String PAGE = System.getenv("PINTEREST_OAUTH_URI");
    private static final String APP_ID = System.getenv("PINTEREST_APP_ID");
    private static final String APP_SECRET = System.getenv("PINTEREST_APP_SECRET");
    private static final String REDIRECT_URI = System.getenv("REDIRECT_URI");
    private static final String[] SCOPES = System.getenv("SCOPES").split(" ");
    private static final String TOKEN_URL = API + "/oauth/token";

    private LogIn() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "scribejava" -> scribeJava();
            case "spring" -> spring();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void scribeJava() throws Exception {
        var pinterest = new DefaultApi20() {
            @Override
            public String getAccessTokenEndpoint() {
                return TOKEN_URL;
            }

            @Override
            protected String getAuthorizationBaseUrl() {
                return PAGE;
            }
        };
        try (var service = new ServiceBuilder(APP_ID)
                .apiSecret(APP_SECRET)
                .callback(REDIRECT_URI)
                .defaultScope(String.join(" ", SCOPES))
                .build(pinterest)) {
            var builder = service.createAuthorizationUrlBuilder().state(UUID.randomUUID().toString()).initPKCE();
            var code = ask(builder.build()).get("code");
            var parameters = AccessTokenRequestParams.create(code).pkceCodeVerifier(builder.getPkce().getCodeVerifier());
            var token = service.getAccessToken(parameters);
            var refreshed = service.refreshAccessToken(token.getRefreshToken());
            tell(token.getAccessToken(), refreshed.getAccessToken());
        }
    }

    private static void spring() throws Exception {
        var client = ClientRegistration.withRegistrationId("pinterest")
                .clientId(APP_ID)
                .clientSecret(APP_SECRET)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationUri(PAGE)
                .tokenUri(TOKEN_URL)
                .redirectUri(REDIRECT_URI)
                .scope(SCOPES)
                .build();
        var builder = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(PAGE)
                .clientId(APP_ID)
                .redirectUri(REDIRECT_URI)
                .scopes(client.getScopes())
                .state(UUID.randomUUID().toString());
        OAuth2AuthorizationRequestCustomizers.withPkce().accept(builder);
        var request = builder.build();
        var callback = ask(request.getAuthorizationRequestUri());
        var response = OAuth2AuthorizationResponse.success(callback.get("code"))
                .state(callback.get("state"))
                .redirectUri(REDIRECT_URI)
                .build();
        var exchange = new OAuth2AuthorizationExchange(request, response);
        var token = new RestClientAuthorizationCodeTokenResponseClient()
                .getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(client, exchange));
        var refreshed = new RestClientRefreshTokenTokenResponseClient()
                .getTokenResponse(new OAuth2RefreshTokenGrantRequest(client, token.getAccessToken(), token.getRefreshToken()));
        tell(token.getAccessToken().getTokenValue(), refreshed.getAccessToken().getTokenValue());
    }

    /** What the callback says, of whoever opened the page. */
    private static Map<String, String> ask(String page) throws Exception {
        System.out.println(page);
        var line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return Arrays.stream(URI.create(line).getRawQuery().split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    private static void tell(String accessToken, String refreshed) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(API + "/user_account"))
                .header("Authorization", "Bearer " + refreshed)
                .build();
        var account = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
        var username = JsonParser.parseString(account).getAsJsonObject().get("username").getAsString();
        var got = new TreeMap<>(Map.of("access_token", accessToken, "refreshed", refreshed, "username", username));
        System.out.println(new Gson().toJson(got));
    }
}
