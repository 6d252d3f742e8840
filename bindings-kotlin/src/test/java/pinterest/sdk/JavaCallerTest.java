package pinterest.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a program in Java looks like. */
class JavaCallerTest {
    private final Configuration configuration =
            Configuration.builder()
                    .username("1234567")
                    .password("0123456789abcdef0123456789abcdef01234567")
                    .host(Sandbox.INSTANCE.address("http") + "/v5")
                    .connectTimeout(Duration.ofSeconds(2))
                    .timeout(Duration.ofSeconds(5))
                    .build();

    @BeforeEach
    void reset() {
        Sandbox.INSTANCE.reset();
    }

    @Test
    void theThreeGrants() {
        Sandbox.INSTANCE.control("POST", "/_sandbox/codes", Map.of("code", "a-code"));
        try (ApiClient client = new ApiClient(configuration);
                OauthApi api = new OauthApi(client)) {
            OauthAccessTokenResponse token =
                    api.oauthTokenBlocking(new AuthorizationCode("a-code", "http://localhost:8085/"));
            assertEquals(ResponseType.AUTHORIZATION_CODE, token.getResponseType());
            assertEquals(Long.valueOf(2_592_000), token.getExpiresIn());

            String refreshToken = token.getRefreshToken();
            assertNotNull(refreshToken);
            ApiResponse<OauthAccessTokenResponse> refreshed =
                    api.oauthTokenWithHttpInfoBlocking(new RefreshToken(refreshToken));
            assertEquals(200, refreshed.getStatus());
            assertEquals(List.of("application/json"), refreshed.getHeaders().get("content-type"));

            assertEquals("bearer", api.oauthTokenBlocking(new ClientCredentials("ads:read")).getTokenType());
        }
    }

    @Test
    void refusals() {
        try (ApiClient client = new ApiClient(configuration);
                OauthApi api = new OauthApi(client)) {
            PinterestException missing =
                    assertThrows(PinterestException.class, () -> api.oauthTokenBlocking(new Raw("authorization_code")));
            assertEquals(400, missing.getStatus());
            assertEquals(Outcome.REFUSED, missing.getOutcome());
            assertTrue(missing.getHint().contains("redirectUri"), missing.getHint());

            Map<String, Object> answer = Map.of("status", 429, "headers", Map.of("retry-after", "7"), "body", "");
            Sandbox.INSTANCE.control("POST", "/_sandbox/script", List.of(answer));
            try {
                api.revokeTokenBlocking("a-token");
            } catch (RateLimitedException exception) {
                assertEquals(Duration.ofSeconds(7), exception.getRetryAfter());
                return;
            }
            throw new AssertionError("not refused");
        }
    }

    @Test
    void authorizationInAWebServer() {
        Sandbox.INSTANCE.control("POST", "/_sandbox/codes", Map.of("code", "a-code"));
        try (ApiClient client = new ApiClient(configuration)) {
            List<String> scopes = List.of(Scopes.PINS_READ, "new:scope");
            AuthorizationRequest request = new AuthorizationRequest("http://localhost:8085/", scopes);
            String kept = request.start(client).toJson();
            PendingAuthorization pending = PendingAuthorization.fromJson(kept);
            String callback = "http://localhost:8085/?code=a-code&state=" + pending.getState();
            OauthAccessTokenResponse token = pending.completeBlocking(client, callback);
            assertEquals("bearer", token.getTokenType());
            assertThrows(AuthorizationException.class, () -> pending.completeBlocking(client, callback));
        }
    }

    @Test
    void loginOnThisMachine() {
        int port = PersonKt.freePort();
        String redirectUri = "http://localhost:" + port + "/";
        try (ApiClient client = new ApiClient(Sandbox.INSTANCE.configuration(redirectUri))) {
            List<String> scopes = List.of(Scopes.USER_ACCOUNTS_READ);
            AuthorizationRequest request =
                    new AuthorizationRequest(redirectUri, scopes, true, true, Duration.ofSeconds(20));
            Person person = new Person(HttpClient.Redirect.NORMAL);
            OauthAccessTokenResponse token =
                    Login.loginBlocking(
                            client,
                            request,
                            url -> new Thread(() -> person.decide(person.visit(url), "allow")).start());
            assertEquals("user_accounts:read", token.getScope());
            assertTrue(PersonKt.isFree(port));
        }
    }

    @Test
    void anyEndpoint() {
        Map<String, String> token = Map.of("kind", "user", "scope", "boards:read", "access_token", "pina_java");
        Sandbox.INSTANCE.control("POST", "/_sandbox/tokens", token);
        Configuration withToken =
                Configuration.builder()
                        .accessToken("pina_java")
                        .host(Sandbox.INSTANCE.address("http") + "/v5")
                        .build();
        try (ApiClient client = new ApiClient(withToken)) {
            ApiRequest request = ApiRequest.get("/boards", Map.of("page_size", "2"));
            ApiResponse<String> page = client.requestBlocking(request);
            assertTrue(page.getData().contains("\"bookmark\":\"after-2\""), page.getData());
            assertEquals(Long.valueOf(1000), page.getRateLimit().getLimit());
            assertEquals(
                    Duration.ofSeconds(page.getRateLimit().getResetSeconds()), page.getRateLimit().getReset());
        }
    }

    @Test
    void tokensThatStay() {
        List<TokenEventKind> heard = new CopyOnWriteArrayList<>();
        TokenOptions options =
                TokenOptions.builder()
                        .wait(Duration.ofSeconds(5))
                        .clientCredentials("ads:read")
                        .listener(event -> heard.add(event.getKind()))
                        .build();
        assertEquals(Duration.ofSeconds(5), options.getWait());
        try (ApiClient client = new ApiClient(configuration);
                TokenManager tokens = new TokenManager(client, new MemoryStore(), "app", options)) {
            String token = tokens.accessTokenAsync().join();
            assertEquals("Bearer " + token, tokens.authorizationHeaderBlocking());
            assertEquals(TokenState.FRESH, tokens.statusBlocking().getState());
            assertTrue(tokens.close(Duration.ofSeconds(5)));
            assertEquals(List.of(TokenEventKind.REFRESHED), heard);
            assertThrows(IllegalStateException.class, tokens::accessTokenBlocking);
        }
    }

    @Test
    void futures() throws Exception {
        try (ApiClient client = new ApiClient(configuration);
                OauthApi api = new OauthApi(client)) {
            CompletableFuture<String> type =
                    api.oauthTokenAsync(new ClientCredentials("ads:read"))
                            .thenApply(OauthAccessTokenResponse::getTokenType);
            assertEquals("bearer", type.get(5, TimeUnit.SECONDS));

            CompletableFuture<OauthAccessTokenResponse> lacking = api.oauthTokenAsync(new Raw("authorization_code"));
            CompletionException refused = assertThrows(CompletionException.class, lacking::join);
            assertTrue(refused.getCause() instanceof PinterestException, refused.toString());

            OauthApi closed = new OauthApi(client);
            closed.close();
            CompletableFuture<ConversionToken> late = closed.conversionTokenAsync();
            CompletionException failed = assertThrows(CompletionException.class, late::join);
            assertTrue(failed.getCause() instanceof IllegalStateException, failed.toString());
        }
    }

    /** As where a method of a program closes what it used and returns the future. */
    @Test
    void aFutureEndsAlsoWhenWhatMadeItIsClosed() throws Exception {
        ClientCredentials request = new ClientCredentials("ads:read");
        TokenOptions options = TokenOptions.builder().clientCredentials("ads:read").build();
        for (int time = 0; time < 50; time++) {
            List<CompletableFuture<?>> begun = new ArrayList<>();
            try (ApiClient client = new ApiClient(configuration)) {
                try (OauthApi api = new OauthApi(client)) {
                    begun.add(api.oauthTokenAsync(request));
                }
                try (TokenManager tokens = new TokenManager(client, new MemoryStore(), "app", options)) {
                    begun.add(tokens.accessTokenAsync());
                }
                try (TokenManager tokens = new TokenManager(client, new MemoryStore(), "app", options)) {
                    begun.add(tokens.refreshAsync());
                }
                begun.add(client.requestAsync(new ApiRequest("GET", "/none", List.of(), null, Auth.NONE)));
            }
            for (CompletableFuture<?> future : begun.subList(0, 3)) {
                assertNotNull(future.get(5, TimeUnit.SECONDS));
            }
            ExecutionException none = assertThrows(ExecutionException.class, () -> begun.get(3).get(5, TimeUnit.SECONDS));
            assertTrue(none.getCause() instanceof ApiException, none.toString());
        }
    }

    @Test
    void plainMapsAndDurations() {
        assertEquals(Duration.ofSeconds(5), configuration.getTimeout());
        assertEquals(Duration.ofSeconds(2), configuration.getConnectTimeout());
        AuthorizationRequest asked = new AuthorizationRequest("http://localhost:8085/", List.of(Scopes.PINS_READ));
        assertEquals(Duration.ofMinutes(10), asked.getLifetime());
        assertEquals(Duration.ofSeconds(3), new RateLimit(1L, 0L, Duration.ofSeconds(3)).getReset());

        Sandbox.INSTANCE.control("POST", "/_sandbox/script", List.of(Map.of("status", 200, "body", "{}")));
        try (ApiClient client = new ApiClient(configuration)) {
            ApiRequest request =
                    ApiRequest.builder("PUT", "/anything")
                            .query("a", "1")
                            .query("a", "2")
                            .query("b", null)
                            .body(new ApiRequest.Form(Map.of("name", "Summer")))
                            .auth(Auth.NONE)
                            .build();
            assertEquals("{}", client.requestBlocking(request).getData());
            String sent = Sandbox.INSTANCE.requests().get(0).toString();
            assertTrue(sent.contains("a=1&a=2") && sent.contains("name=Summer"), sent);
        }
    }

    @Test
    void insideAStream() {
        try (ApiClient client = new ApiClient(configuration);
                OauthApi api = new OauthApi(client)) {
            List<String> types =
                    Stream.of("ads:read", "pins:read")
                            .parallel()
                            .map(scope -> api.oauthTokenBlocking(new ClientCredentials(scope)).getTokenType())
                            .toList();
            assertEquals(List.of("bearer", "bearer"), types);
        }
    }
}
