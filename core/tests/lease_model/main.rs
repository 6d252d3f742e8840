//! The lease of the Redis store, tried in every order: two or three processes renew, and are stopped, killed and cut off
//! at every step, while the lease ends, Redis evicts it, and executes what nobody waits for any more.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "../support/lease.rs"]
mod lease;
mod process;
mod world;

use std::collections::{HashSet, VecDeque};

use world::World;

/// Looks at every world that can come of this one; how many there are.
fn explore(start: World) -> usize {
    let mut seen = HashSet::from([start.clone()]);
    let mut open = VecDeque::from([start]);
    while let Some(world) = open.pop_front() {
        world.check();
        for next in world.next() {
            if seen.insert(next.clone()) {
                open.push_back(next);
            }
        }
    }
    seen.len()
}

#[test]
fn two_processes_that_renew_twice_lose_no_token() {
    let worlds = explore(World::new(2, 2, 2));
    assert!(worlds > 50_000, "only {worlds} worlds: is the search right?");
}

#[test]
fn three_processes_lose_no_token() {
    let worlds = explore(World::new(3, 1, 1));
    assert!(worlds > 50_000, "only {worlds} worlds: is the search right?");
}
