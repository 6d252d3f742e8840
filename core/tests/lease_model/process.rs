//! What one process does, step by step, as the token manager does it.

use super::world::{Reply, World};

/// How often a script is run whose answer does not come.
pub const RUNS: u8 = 2;
/// How often new tokens are put beside what was put there meanwhile.
pub const PUTS: u8 = 2;
/// A kept record: the refresh token's number, and how its renewal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Text {
    pub token: u8,
    pub asked: bool,
    pub refused: bool,
}

pub const fn text(token: u8) -> Text {
    Text {
        token,
        asked: false,
        refused: false,
    }
}

/// What a process does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    Take,
    Load,
    /// Says that it asks.
    Intend(Text),
    Ask {
        found: Text,
        lost: bool,
        again: bool,
    },
    /// Keeps new tokens in the place of what it knows of.
    Keep {
        expected: Text,
        new: u8,
        puts: u8,
    },
    LookAgain {
        new: u8,
        puts: u8,
    },
    /// After a refusal: whether somebody else was faster.
    Reread {
        found: Text,
        lost: bool,
    },
    Remember {
        intent: Text,
        after: Text,
    },
    Release,
    Done,
    Killed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Process {
    pub step: Step,
    /// The lease's owner: another one each time.
    pub leases: u8,
    pub fence: u8,
    /// How often this script was run without an answer.
    pub runs: u8,
    /// The refresh token it knows.
    pub known: u8,
    /// New tokens that are in its memory alone.
    pub unsaved: Option<u8>,
    pub rounds: u8,
}

impl World {
    /// An answer that did not come: once more, or on to what follows a failure.
    fn again(&mut self, who: usize, failed: Step) {
        self.processes[who].runs += 1;
        if self.processes[who].runs == RUNS {
            self.go(who, failed);
        }
    }

    fn not_kept(&mut self, who: usize, new: u8) {
        self.processes[who].unsaved = Some(new);
        self.go(who, Step::Release);
    }

    fn saved(&mut self, who: usize, new: u8) {
        let process = &mut self.processes[who];
        process.unsaved = process.unsaved.filter(|unsaved| *unsaved != new);
        process.known = new;
        self.go(who, Step::Release);
    }

    /// A lease that was given up, or not taken: what could not be kept is tried again.
    fn ended(&mut self, who: usize) {
        let process = &mut self.processes[who];
        process.leases += 1;
        if process.unsaved.is_none() {
            process.rounds -= 1;
        }
        let ends = process.unsaved.is_none() && process.rounds == 0;
        self.go(who, if ends { Step::Done } else { Step::Take });
    }

    #[allow(clippy::too_many_lines)] // One step after the other.
    pub fn step(&mut self, who: usize, reply: Reply) {
        let process = self.processes[who];
        let comes = reply == Reply::Comes;
        match process.step {
            Step::Take => {
                let owner = self.owner(who);
                let fence = if reply == Reply::Late {
                    None
                } else {
                    self.redis.take(owner)
                };
                if fence.is_some() {
                    self.last = owner;
                }
                if !comes {
                    self.processes[who].runs += 1;
                    if self.processes[who].runs == RUNS {
                        self.ended(who);
                    }
                } else if let Some(fence) = fence {
                    self.processes[who].fence = fence;
                    self.go(who, Step::Load);
                }
            }
            Step::Load if !comes => self.again(who, Step::Release),
            Step::Load => {
                let found = self.redis.kept.unwrap();
                match process.unsaved {
                    Some(new) if found.token + 1 == new => self.go(
                        who,
                        Step::Keep {
                            expected: found,
                            new,
                            puts: 0,
                        },
                    ),
                    // It is there, or nobody's to decide.
                    Some(new) => self.saved(who, new),
                    None if found.token != process.known => self.saved(who, found.token),
                    None if found.refused => self.go(who, Step::Release),
                    None => self.go(who, Step::Intend(found)),
                }
            }
            Step::Intend(found) => {
                let intent = Text { asked: true, ..found };
                match self.swap(who, reply, found, intent) {
                    Some(true) => self.go(
                        who,
                        Step::Ask {
                            found,
                            lost: found.asked,
                            again: false,
                        },
                    ),
                    Some(false) => self.go(who, Step::Release),
                    None => self.again(who, Step::Release),
                }
            }
            Step::Ask { found, lost, again } => {
                let intent = Text { asked: true, ..found };
                let issued = found.token == self.newest && reply != Reply::Late;
                self.newest += u8::from(issued);
                if !comes {
                    self.excused = true;
                    let lost = Text { asked: true, ..found };
                    let step = if again {
                        Step::Remember { intent, after: lost }
                    } else {
                        Step::Ask {
                            found,
                            lost: true,
                            again: true,
                        }
                    };
                    self.go(who, step);
                } else if issued {
                    let new = self.newest;
                    self.go(
                        who,
                        Step::Keep {
                            expected: intent,
                            new,
                            puts: 0,
                        },
                    );
                } else {
                    self.go(who, Step::Reread { found, lost });
                }
            }
            Step::Keep { expected, new, puts } => match self.swap(who, reply, expected, text(new)) {
                Some(true) => self.saved(who, new),
                Some(false) => self.go(who, Step::LookAgain { new, puts: puts + 1 }),
                None => {
                    self.processes[who].runs += 1;
                    if self.processes[who].runs == RUNS {
                        self.not_kept(who, new);
                    }
                }
            },
            Step::LookAgain { new, .. } if !comes => {
                self.processes[who].runs += 1;
                if self.processes[who].runs == RUNS {
                    self.not_kept(who, new);
                }
            }
            Step::LookAgain { new, puts } => {
                let found = self.redis.kept.unwrap();
                if found.token + 1 == new && puts < PUTS {
                    self.go(
                        who,
                        Step::Keep {
                            expected: found,
                            new,
                            puts,
                        },
                    );
                } else if found.token == new || found.token == new + 1 {
                    self.saved(who, new);
                } else {
                    self.not_kept(who, new);
                }
            }
            Step::Reread { found, lost } => {
                let after = Text {
                    asked: lost,
                    refused: true,
                    ..found
                };
                let intent = Text { asked: true, ..found };
                match self.redis.kept.filter(|kept| comes && kept.token != found.token) {
                    Some(other) => self.saved(who, other.token),
                    None => self.go(who, Step::Remember { intent, after }),
                }
            }
            Step::Remember { intent, after } => {
                if self.swap(who, reply, intent, after).is_some() {
                    self.go(who, Step::Release);
                } else {
                    self.again(who, Step::Release);
                }
            }
            Step::Release => {
                if reply != Reply::Late {
                    self.redis.release(self.owner(who));
                }
                self.ended(who);
            }
            Step::Done | Step::Killed => {}
        }
    }
}
