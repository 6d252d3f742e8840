//! Redis, Pinterest and the processes, and all that can happen to them.

use super::lease::Place;
use super::process::{Process, Step, Text, text};

/// Leases of one process, more than which are not looked at.
pub const LEASES: u8 = 4;

/// A write that is on its way yet, though nobody waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Late {
    owner: u8,
    fence: u8,
    expected: Text,
    new: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    pub redis: Place<Text>,
    /// The newest refresh token, the only one that is taken.
    pub newest: u8,
    pub processes: Vec<Process>,
    pub late: Vec<Late>,
    pub faults: u8,
    /// Who took the lease last.
    pub last: u8,
    /// Somebody was killed, or Pinterest's answer lost: a token may be lost, and then that is said.
    pub excused: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    Comes,
    /// It was executed, and the answer lost.
    Lost,
    /// The answer does not come, and it is executed at any time later, or never.
    Late,
}

impl World {
    pub fn new(processes: usize, rounds: u8, faults: u8) -> Self {
        let process = Process {
            step: Step::Take,
            leases: 1,
            fence: 0,
            runs: 0,
            known: 1,
            unsaved: None,
            rounds,
        };
        Self {
            redis: Place {
                lease: None,
                fence: 0,
                kept: Some(text(1)),
            },
            newest: 1,
            processes: vec![process; processes],
            late: Vec::new(),
            faults,
            last: 0,
            excused: false,
        }
    }

    pub fn owner(&self, who: usize) -> u8 {
        u8::try_from(who).unwrap() * 16 + self.processes[who].leases
    }

    pub fn go(&mut self, who: usize, step: Step) {
        self.processes[who].step = step;
        self.processes[who].runs = 0;
    }

    /// Every world that can come next.
    pub fn next(&self) -> Vec<Self> {
        let mut worlds = Vec::new();
        let mut add = |change: &dyn Fn(&mut Self)| {
            let mut world = self.clone();
            change(&mut world);
            worlds.push(world);
        };
        // The lease ends, or is evicted: at any time, which is what a stopped process sees.
        if self.redis.lease.is_some() {
            add(&|world| world.redis.lease = None);
        }
        for at in 0..self.late.len() {
            add(&|world| {
                let late = world.late.remove(at);
                world.write(late);
            });
            add(&|world| {
                world.late.remove(at);
            });
        }
        let may_fail = self.faults > 0;
        for who in 0..self.processes.len() {
            let process = self.processes[who];
            if matches!(process.step, Step::Done | Step::Killed) || process.leases > LEASES {
                continue;
            }
            add(&|world| world.step(who, Reply::Comes));
            if !may_fail {
                continue;
            }
            for reply in [Reply::Lost, Reply::Late] {
                add(&|world| {
                    world.faults -= 1;
                    world.step(who, reply);
                });
            }
            add(&|world| {
                world.faults -= 1;
                world.excused = true;
                world.go(who, Step::Killed);
            });
        }
        worlds
    }

    fn write(&mut self, late: Late) -> bool {
        let before = self.redis.kept;
        let Late {
            owner,
            fence,
            expected,
            new,
        } = late;
        let done = self.redis.swap(owner, fence, Some(&expected), Some(&new));
        assert!(
            before == self.redis.kept || self.last == owner,
            "who lost the lease wrote: {self:?}"
        );
        done
    }

    /// A write of a process: none if its answer does not come.
    pub fn swap(&mut self, who: usize, reply: Reply, expected: Text, new: Text) -> Option<bool> {
        let write = Late {
            owner: self.owner(who),
            fence: self.processes[who].fence,
            expected,
            new,
        };
        match reply {
            Reply::Comes => Some(self.write(write)),
            Reply::Lost => {
                self.write(write);
                None
            }
            Reply::Late => {
                self.late.push(write);
                None
            }
        }
    }

    /// The newest token is kept, or a living process has it and will keep it, or the store says that it is
    /// not known what came of the last asking.
    pub fn check(&self) {
        let kept = self.redis.kept.unwrap();
        let holds = |process: &Process| match process.step {
            Step::Killed => false,
            Step::Keep { new, .. } | Step::LookAgain { new, .. } if new == self.newest => true,
            _ => process.unsaved == Some(self.newest),
        };
        let is_held = self.processes.iter().any(holds);
        assert!(
            kept.token == self.newest || kept.asked || is_held,
            "the newest token is lost: {self:?}"
        );
        let is_over = |process: &Process| matches!(process.step, Step::Done | Step::Killed);
        if self.processes.iter().all(is_over) && self.late.is_empty() && !self.excused {
            assert_eq!(kept.token, self.newest, "{self:?}");
        }
    }
}
