package pinterest.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token manager and its store, both in Java. */
class JavaStoreTest {
    private final ApiClient client = new ApiClient(Sandbox.INSTANCE.configuration());

    @BeforeEach
    void reset() {
        Managed.INSTANCE.strict();
    }

    /** Texts in memory; one lock for all keys. */
    private static class Texts implements BlockingTokenStore {
        final Map<String, String> texts = new ConcurrentHashMap<>();
        final Semaphore semaphore = new Semaphore(1);

        @Override
        public String load(String key) throws Exception {
            return texts.get(key);
        }

        @Override
        public boolean compareAndSwap(String key, String expected, String replacement) throws Exception {
            boolean[] swapped = new boolean[1];
            texts.compute(
                    key,
                    (ignored, kept) -> {
                        swapped[0] = Objects.equals(kept, expected);
                        return swapped[0] ? replacement : kept;
                    });
            return swapped[0];
        }

        @Override
        public BlockingStoreLock lock(String key, long seconds) throws Exception {
            if (!semaphore.tryAcquire(seconds, TimeUnit.SECONDS)) throw new TimeoutException("it stays locked");
            return semaphore::release;
        }
    }

    /** The same, whose lock reads and writes. */
    private static final class LockedTexts extends Texts {
        @Override
        public boolean compareAndSwap(String key, String expected, String replacement) {
            throw new AssertionError("the lock does that");
        }

        @Override
        public BlockingLockedStore lock(String key, long seconds) throws Exception {
            BlockingStoreLock lock = super.lock(key, seconds);
            return new BlockingLockedStore() {
                @Override
                public String load() throws Exception {
                    return LockedTexts.super.load(key);
                }

                @Override
                public boolean compareAndSwap(String expected, String replacement) throws Exception {
                    return LockedTexts.super.compareAndSwap(key, expected, replacement);
                }

                @Override
                public void release() throws Exception {
                    lock.release();
                }
            };
        }
    }

    @Test
    void everyCallAsAFutureOverAStoreThatHoldsItsThread() {
        for (Texts store : List.of(new Texts(), new LockedTexts())) {
            Managed.INSTANCE.strict();
            TokenManager tokens = new TokenManager(client, store, "shop-1");
            String first = tokens.adoptAsync(Managed.INSTANCE.answer()).join();
            assertEquals("Bearer " + first, tokens.authorizationHeaderAsync().join());
            assertEquals(store.getClass().getName(), tokens.statusAsync().join().getStore());
            Managed.INSTANCE.nextSecond();
            tokens.invalidate(first);
            List<CompletableFuture<String>> given =
                    Stream.generate(tokens::accessTokenAsync).limit(50).toList();
            String second = given.get(0).join();
            assertNotEquals(first, second);
            for (CompletableFuture<String> one : given) assertEquals(second, one.join());
            assertEquals(1, Managed.INSTANCE.renewals());
            Managed.INSTANCE.nextSecond();
            assertNotEquals(second, tokens.refreshAsync().join());
            assertTrue(tokens.forgetAsync().join());
            CompletionException none = assertThrows(CompletionException.class, tokens.accessTokenAsync()::join);
            assertTrue(none.getCause() instanceof ReauthorizationRequiredException, none.toString());
            assertTrue(store.texts.isEmpty());
            assertEquals(1, store.semaphore.availablePermits());
            tokens.close();
        }
    }

    @Test
    void aClockIsMovedAndAKeyChanged() throws IOException {
        ManualClock clock = new ManualClock();
        Instant then = clock.instant();
        Configuration clocked =
                Sandbox.INSTANCE.configuration().toBuilder().clock(clock).build();
        Path folder = Files.createTempDirectory("pinterest-java");
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        FileStore sealed = new FileStore(folder, (KeyFunction) () -> List.of(key));
        try (TokenManager tokens = new TokenManager(new ApiClient(clocked), new FileStore(folder), "shop-1")) {
            tokens.adoptBlocking(Managed.INSTANCE.answer());
            clock.advance(Duration.ofDays(31));
            assertEquals(TokenState.EXPIRED, tokens.statusBlocking().getState());
            assertEquals(then.plusSeconds(31 * 86_400), clock.instant());
        }
        assertEquals(List.of("shop-1"), sealed.resealBlocking());
        assertEquals(List.of(), sealed.resealAsync("shop-1").join());
    }

    @Test
    void whatTheStoreThrowsIsTheCause() {
        IOException thrown = new IOException("the table is gone");
        Texts store =
                new Texts() {
                    @Override
                    public String load(String key) throws IOException {
                        throw thrown;
                    }
                };
        try (TokenManager tokens = new TokenManager(client, store, "shop-1")) {
            StoreException failed = assertThrows(StoreException.class, tokens::accessTokenBlocking);
            assertSame(thrown, failed.getCause());
        }
    }

    @Test
    void whoWaitsForNobodyAnyMoreIsInterruptedAndKeepsNoLock() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Texts store =
                new Texts() {
                    @Override
                    public String load(String key) throws Exception {
                        asked.countDown();
                        try {
                            Thread.sleep(20_000);
                        } catch (InterruptedException exception) {
                            interrupted.countDown();
                            throw exception;
                        }
                        return null;
                    }
                };
        try (TokenManager tokens = new TokenManager(client, store, "shop-1")) {
            CompletableFuture<TokenStatus> status = tokens.statusAsync();
            assertTrue(asked.await(5, TimeUnit.SECONDS));
            status.cancel(true);
            assertTrue(interrupted.await(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void aConnectionToRedisThatHoldsItsThread() {
        IOException thrown = new IOException("no Redis here");
        Map<String, List<String>> asked = new ConcurrentHashMap<>();
        RedisStore store =
                RedisStore.blocking(
                        (script, keys, args) -> {
                            asked.put(script, keys);
                            throw thrown;
                        });
        try (TokenManager tokens = new TokenManager(client, store, "shop-1")) {
            StoreException failed = assertThrows(StoreException.class, tokens::statusBlocking);
            assertSame(thrown, failed.getCause());
            assertEquals(1, asked.size());
        }
    }

    @Test
    void aRowThatHasTheEndAloneIsAdopted() {
        Instant end = Instant.ofEpochSecond(4_000_000_000L);
        OauthAccessTokenResponse row =
                new OauthAccessTokenResponse("pina_row", "bearer", null, null, null, "pinr.row").expiringAt(end);
        try (TokenManager tokens = new TokenManager(client, new MemoryStore(), "row")) {
            assertEquals("pina_row", tokens.adoptBlocking(row));
            assertEquals(end.getEpochSecond(), tokens.statusBlocking().getAccessLife().getExpiresAt());
        }
    }
}
