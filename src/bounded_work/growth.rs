//! An input of any length, and how its cost grows.

use alloc::boxed::Box;

use super::case::{Case, Cost};

/// A kind of input that can have any length.
pub(super) struct Growth {
    pub(super) name: &'static str,
    /// An input of so many items or bytes.
    make: Box<dyn Fn(usize) -> Case>,
    /// The sizes that are measured; the third is twice as far from the second as the second from the first.
    sizes: [usize; 3],
}

/// What a further KiB of input costs.
pub(super) struct Slope {
    pub(super) sha256: f64,
    pub(super) sha512: f64,
    pub(super) blocks: f64,
    pub(super) x25519: f64,
    pub(super) ed25519: f64,
    pub(super) decodings: f64,
    pub(super) allocations: f64,
    /// In bytes for one byte of input.
    pub(super) peak: f64,
}

impl Growth {
    /// An input that is measured in this size, twice, and four times that.
    pub(super) fn new(name: &'static str, size: usize, make: impl Fn(usize) -> Case + 'static) -> Self {
        Self::beyond(name, size, size, make)
    }

    /// An input that is measured in this size and in two that are larger.
    pub(super) fn beyond(
        name: &'static str,
        size: usize,
        step: usize,
        make: impl Fn(usize) -> Case + 'static,
    ) -> Self {
        Self { name, make: Box::new(make), sizes: [size, size + step, size + 3 * step] }
    }

    /// Measures three sizes; from the second to the third the cost grows as from the first to the second.
    pub(super) fn slope(&self) -> Slope {
        let [small, middle, large] = self.sizes.map(|size| self.measured(size));
        let (first, second) = (slope(small, middle), slope(middle, large));
        for ((name, first), (_, second)) in first.named().into_iter().zip(second.named()) {
            // A quadratic cost has twice the slope. Vectors grow by doubling, so that the most at a time comes in jumps.
            let tolerance = if name == "peak" { 1.6 } else { 1.1 };
            assert!(
                second <= first * tolerance + 0.5,
                "{}: {name} grew by {first}, then by {second}",
                self.name
            );
        }
        slope(small, large)
    }

    fn measured(&self, size: usize) -> (usize, Cost) {
        let case = (self.make)(size);
        (case.length, case.cost())
    }

    /// The nanoseconds for one byte of the smallest and of the largest input, to be measured in release builds.
    pub(super) fn times(&self) -> [f64; 2] {
        let [small, _, large] = self.sizes;
        [small, large].map(|size| {
            let case = (self.make)(size);
            case.time() * 1e3 / to_f64(case.length)
        })
    }
}

impl Slope {
    fn named(&self) -> [(&'static str, f64); 8] {
        [
            ("SHA-256", self.sha256),
            ("SHA-512", self.sha512),
            ("blocks", self.blocks),
            ("X25519", self.x25519),
            ("Ed25519", self.ed25519),
            ("decodings", self.decodings),
            ("allocations", self.allocations),
            ("peak", self.peak),
        ]
    }
}

fn slope((length, cost): (usize, Cost), (longer, more): (usize, Cost)) -> Slope {
    let kib = to_f64(longer - length) / 1024.0;
    let per_kib = |before: u64, after: u64| (float(after) - float(before)) / kib;
    let (before, after) = (cost.work, more.work);
    Slope {
        sha256: per_kib(before.sha256, after.sha256),
        sha512: per_kib(before.sha512, after.sha512),
        blocks: per_kib(before.blocks, after.blocks),
        x25519: per_kib(before.x25519, after.x25519),
        ed25519: per_kib(before.ed25519, after.ed25519),
        decodings: per_kib(before.decodings, after.decodings),
        allocations: per_kib(cost.allocations, more.allocations),
        peak: per_kib(cost.peak, more.peak) / 1024.0,
    }
}

/// No count here is near 2^32.
fn float(number: u64) -> f64 {
    f64::from(u32::try_from(number).unwrap())
}

fn to_f64(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap())
}
