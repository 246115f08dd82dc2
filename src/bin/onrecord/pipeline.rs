//! Documents in parallel, results in their order, memory bounded.
//!
//! One thread finds documents, several work on them, and the caller gets the results one by one in the order in which
//! they were found. No more is found while too much of what was found is not written: the bound counts documents and
//! bytes, and lets one document through whatever its size.
//!
//! Waking a thread costs about as much as reading a short article, so that each is woken for several documents at once
//! where there are several: the finder when half of the room is free, the caller when a quarter of it waits to be
//! written or nothing is left to work on.
//!
//! Threads are not joined: one that waits for standard input or works on a document that takes too long must not keep
//! the program from ending.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::stop::Stop;

/// So many documents for each thread are held at once …
const PER_THREAD: usize = 64;
/// … unless so many bytes are reached before.
const BYTES: usize = 8 << 20;
/// Readers of pages and of PDF go down as deep as these are; only what is used is taken.
const STACK: usize = 32 << 20;
/// The name of the threads that work.
pub const WORK: &str = "work";
/// The name of the thread that finds.
pub const FIND: &str = "find";
/// How often somebody who waits looks whether to go on.
const PATIENCE: Duration = Duration::from_millis(100);

/// Where a task was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// The number of the input.
    pub input: usize,
    /// How many were found in it up to this one.
    pub inside: u64,
}

/// Something that was found.
pub struct Task<T> {
    pub what: T,
    pub at: At,
    /// What it will be called if it takes too long.
    pub name: String,
    /// Bytes of memory that it takes.
    pub size: usize,
}

/// What became of it.
pub enum Done<R> {
    Made(R),
    /// It took longer than the time that it had.
    TooLong(String),
}

/// How much at once.
#[derive(Clone, Copy)]
pub struct Bounds {
    pub threads: usize,
    /// For one task.
    pub time: Option<Duration>,
}

/// The way of tasks from those who find them to those who work.
pub struct Pipeline<T, R> {
    shared: Arc<Shared<T, R>>,
    bounds: Bounds,
}

struct Shared<T, R> {
    state: Mutex<State<T, R>>,
    /// There is room for more that is found.
    room: Bell,
    /// There is something to work on.
    waiting: Bell,
    /// There is something to be taken.
    made: Bell,
    work: Box<dyn Fn(T) -> R + Send + Sync>,
    stop: Stop,
    most: usize,
}

struct State<T, R> {
    found: u64,
    /// No more will be found.
    ended: bool,
    waiting: VecDeque<(u64, Task<T>)>,
    running: BTreeMap<u64, Running>,
    done: BTreeMap<u64, (At, R)>,
    /// The sizes of all that is found and not taken.
    sizes: VecDeque<usize>,
    bytes: usize,
    /// The number of the next result to be taken.
    next: u64,
}

struct Running {
    since: Instant,
    name: String,
    at: At,
}

impl<T: Send + 'static, R: Send + 'static> Pipeline<T, R> {
    /// Starts the threads: one runs `find`, which hands each task to the function it is given until that says no.
    pub fn start(
        bounds: Bounds,
        stop: Stop,
        find: impl FnOnce(&mut dyn FnMut(Task<T>) -> bool) + Send + 'static,
        work: impl Fn(T) -> R + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let state = State {
            found: 0,
            ended: false,
            waiting: VecDeque::new(),
            running: BTreeMap::new(),
            done: BTreeMap::new(),
            sizes: VecDeque::new(),
            bytes: 0,
            next: 0,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            room: Bell::default(),
            waiting: Bell::default(),
            made: Bell::default(),
            work: Box::new(work),
            stop,
            most: bounds.threads * PER_THREAD,
        });
        let pipeline = Self { shared, bounds };
        for _ in 0..bounds.threads {
            pipeline.hire()?;
        }
        let shared = Arc::clone(&pipeline.shared);
        thread::Builder::new().name(FIND.to_owned()).stack_size(STACK).spawn(move || {
            find(&mut |task| shared.offer(task));
            shared.lock().ended = true;
            shared.waiting.ring_for_all();
            shared.made.ring_for_all();
        })?;
        Ok(pipeline)
    }

    /// One more thread that works.
    fn hire(&self) -> io::Result<()> {
        let shared = Arc::clone(&self.shared);
        thread::Builder::new()
            .name(WORK.to_owned())
            .stack_size(STACK)
            .spawn(move || while shared.work_once() {})?;
        Ok(())
    }

    /// The next result in the order of finding; none at the end, or when the program was told to stop.
    pub fn next(&self) -> io::Result<Option<(At, Done<R>)>> {
        let mut state = self.shared.lock();
        loop {
            let next = state.next;
            if let Some((at, made)) = state.done.remove(&next) {
                self.taken(&mut state);
                return Ok(Some((at, Done::Made(made))));
            }
            if self.shared.stop.is_asked_for() || state.ended && next == state.found {
                return Ok(None);
            }
            let late = |task: &&Running| self.bounds.time.is_some_and(|most| task.since.elapsed() > most);
            if state.running.get(&next).filter(late).is_some() {
                let Running { name, at, .. } = state.running.remove(&next).expect("it was there");
                self.taken(&mut state);
                drop(state);
                // Whoever works on it is busy until it is done, and what it makes then is thrown away.
                self.hire()?;
                return Ok(Some((at, Done::TooLong(name))));
            }
            state = self.shared.made.wait(state);
        }
    }

    fn taken(&self, state: &mut State<T, R>) {
        state.next += 1;
        state.bytes -= state.sizes.pop_front().unwrap_or_default();
        if state.sizes.len() <= self.shared.most / 2 && state.bytes <= BYTES / 2 {
            self.shared.room.ring();
        }
    }
}

/// Wakes those who wait for something to change.
#[derive(Default)]
struct Bell {
    changed: Condvar,
    /// How many wait: to wake nobody is a call of the system too, and mostly nobody waits.
    asleep: AtomicUsize,
}

impl Bell {
    /// Waits, but never long.
    fn wait<'a, S>(&self, state: MutexGuard<'a, S>) -> MutexGuard<'a, S> {
        // Under the lock of the state: whoever changes that later sees it.
        self.asleep.fetch_add(1, Ordering::Relaxed);
        let state = self.changed.wait_timeout(state, PATIENCE).unwrap_or_else(PoisonError::into_inner).0;
        self.asleep.fetch_sub(1, Ordering::Relaxed);
        state
    }

    /// Wakes one of them.
    fn ring(&self) {
        if self.asleep.load(Ordering::Relaxed) > 0 {
            self.changed.notify_one();
        }
    }

    /// Wakes all of them.
    fn ring_for_all(&self) {
        self.changed.notify_all();
    }
}

impl<T, R> Shared<T, R> {
    fn lock(&self) -> MutexGuard<'_, State<T, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a task once there is room; no means that nobody wants more.
    fn offer(&self, task: Task<T>) -> bool {
        let mut state = self.lock();
        while !state.sizes.is_empty() && (state.sizes.len() >= self.most || state.bytes + task.size > BYTES) {
            if self.stop.is_asked_for() {
                return false;
            }
            state = self.room.wait(state);
        }
        state.sizes.push_back(task.size);
        state.bytes += task.size;
        let number = state.found;
        state.found += 1;
        state.waiting.push_back((number, task));
        // Whoever is woken wants the lock at once.
        drop(state);
        self.waiting.ring();
        !self.stop.is_asked_for()
    }

    /// Works on one task; no means that there is none any more.
    fn work_once(&self) -> bool {
        let mut state = self.lock();
        let (number, task) = loop {
            if self.stop.is_asked_for() {
                return false;
            }
            match state.waiting.pop_front() {
                Some(task) => break task,
                None if state.ended => return false,
                None => state = self.waiting.wait(state),
            }
        };
        let (at, running) = (task.at, Running { since: Instant::now(), name: task.name, at: task.at });
        state.running.insert(number, running);
        drop(state);
        let made = (self.work)(task.what);
        let mut state = self.lock();
        if state.running.remove(&number).is_some() {
            state.done.insert(number, (at, made));
            let wanted = state.done.contains_key(&state.next);
            if wanted && (state.waiting.is_empty() || state.done.len() >= self.most / 4) {
                drop(state);
                self.made.ring();
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn task(what: u64, size: usize) -> Task<u64> {
        Task { what, at: At { input: 0, inside: what + 1 }, name: what.to_string(), size }
    }

    fn all<R: Send + 'static>(pipeline: &Pipeline<u64, R>) -> Vec<Done<R>> {
        std::iter::from_fn(|| pipeline.next().unwrap()).map(|(_, done)| done).collect()
    }

    #[test]
    fn results_come_in_the_order_of_finding() {
        let bounds = Bounds { threads: 4, time: None };
        let find =
            |give: &mut dyn FnMut(Task<u64>) -> bool| (0..500).for_each(|n| _ = give(task(n, BYTES / 3)));
        let slow = |n: u64| {
            thread::sleep(Duration::from_micros(n % 7 * 50));
            n * n
        };
        let pipeline = Pipeline::start(bounds, Stop::never(), find, slow).unwrap();
        let made: Vec<u64> = all(&pipeline)
            .into_iter()
            .map(|done| match done {
                Done::Made(made) => made,
                Done::TooLong(name) => panic!("{name} took long"),
            })
            .collect();
        assert_eq!(made, (0..500).map(|n| n * n).collect::<Vec<u64>>());
    }

    #[test]
    fn no_more_is_found_than_fits() {
        let bounds = Bounds { threads: 1, time: None };
        let (found, seen) = std::sync::mpsc::channel();
        let find = move |give: &mut dyn FnMut(Task<u64>) -> bool| {
            for n in 0..10 {
                give(task(n, BYTES / 2));
                found.send(n).unwrap();
            }
        };
        let pipeline = Pipeline::start(bounds, Stop::never(), find, |n| n).unwrap();
        assert_eq!((seen.recv().unwrap(), seen.recv().unwrap()), (0, 1));
        assert!(seen.recv_timeout(PATIENCE * 3).is_err(), "a third was found before the first was taken");
        assert_eq!(all(&pipeline).len(), 10);
    }

    #[test]
    fn what_takes_too_long_is_left_behind() {
        let bounds = Bounds { threads: 1, time: Some(Duration::from_millis(50)) };
        let find = |give: &mut dyn FnMut(Task<u64>) -> bool| (0..3).for_each(|n| _ = give(task(n, 1)));
        let (release, held) = std::sync::mpsc::channel::<()>();
        let held = Mutex::new(held);
        let work = move |n: u64| {
            if n == 1 {
                let _ = held.lock().unwrap().recv();
            }
            n
        };
        let pipeline = Pipeline::start(bounds, Stop::never(), find, work).unwrap();
        let shown: Vec<String> = all(&pipeline)
            .into_iter()
            .map(|done| match done {
                Done::Made(made) => format!("made {made}"),
                Done::TooLong(name) => format!("left {name}"),
            })
            .collect();
        assert_eq!(shown, ["made 0", "left 1", "made 2"]);
        drop(release);
    }
}
