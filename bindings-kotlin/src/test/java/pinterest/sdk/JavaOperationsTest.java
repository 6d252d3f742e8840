package pinterest.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pinterest's operations from Java. */
class JavaOperationsTest {
    private final Configuration configuration =
            Sandbox.INSTANCE.configuration().toBuilder().accessToken("pina_java").build();

    @BeforeEach
    void reset() {
        Sandbox.INSTANCE.reset();
        Map<String, String> token = Map.of("kind", "user", "scope", "boards:read", "access_token", "pina_java");
        Sandbox.INSTANCE.control("POST", "/_sandbox/tokens", token);
    }

    @Test
    void facts() {
        Operation list = Operation.find("boards/list");
        assertTrue(list.getHasPages() && list.isInSandbox() && !list.isDeprecated());
        assertEquals("org_read", list.getRateCategory());
        assertEquals("ad_account_id", list.getParameters().get(0).getName());
        assertTrue(Operation.all().size() > 200);
        assertTrue(Operation.getVersion().startsWith("5."));
    }

    @Test
    void callsAndPages() throws Exception {
        OperationCall list = new OperationCall("boards/list", Map.of("page_size", 25));
        try (ApiClient client = new ApiClient(configuration)) {
            assertTrue(client.callBlocking(list).getData().contains("\"bookmark\":"));
            assertEquals(200, client.callAsync(list).get(5, TimeUnit.SECONDS).getStatus());
            List<String> boards = new ArrayList<>();
            for (String board : client.itemsBlocking(list)) {
                boards.add(board);
            }
            assertEquals(60, boards.size());
            Iterator<OperationAnswer> pages = client.pagesBlocking(list).iterator();
            for (int page = 0; page < 3; page++) {
                assertEquals(List.of(), pages.next().getFailures());
            }
            assertFalse(pages.hasNext());
            assertThrows(NoSuchElementException.class, pages::next);
        }
    }

    @Test
    void whatDoesNotFit() {
        try (ApiClient client = new ApiClient(configuration)) {
            OperationCall call =
                    new OperationCall("boards/create", Map.of(), Map.of("name", 5)).withChecks(Checks.USUAL);
            InvalidInputException refused =
                    assertThrows(InvalidInputException.class, () -> client.callBlocking(call));
            assertTrue(refused.getMessage().contains("`body.name`"), refused.getMessage());
        }
    }
}
