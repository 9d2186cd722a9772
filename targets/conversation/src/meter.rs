//! Where a target may measure what each operation takes.

/// Runs an operation and notes what it wants to know about it.
pub trait Meter {
    /// Runs `work`, which is called `operation` in tables. The same operation may come more than once.
    fn measure<T>(&mut self, operation: &'static str, work: impl FnOnce() -> T) -> T;
}

/// Measures nothing.
#[derive(Clone, Copy, Debug)]
pub struct NoMeter;

impl Meter for NoMeter {
    fn measure<T>(&mut self, _: &'static str, work: impl FnOnce() -> T) -> T {
        work()
    }
}
