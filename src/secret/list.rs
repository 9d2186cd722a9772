use alloc::vec::Vec;
use core::fmt;

use super::wiping::wipe;

/// A list of `N` secret bytes each, beside something public, in one block of memory. What is moved is wiped where it was.
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(crate) struct SecretList<T: Copy, const N: usize>(Vec<(T, [u8; N])>);

impl<T: Copy, const N: usize> SecretList<T, N> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&T, &[u8; N])> + ExactSizeIterator {
        self.0.iter().map(|(public, secret)| (public, secret))
    }

    pub(crate) fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&mut T, &mut [u8; N])> {
        self.0.iter_mut().map(|(public, secret)| (public, secret))
    }

    pub(crate) fn get(&self, position: usize) -> Option<(&T, &[u8; N])> {
        self.0.get(position).map(|(public, secret)| (public, secret))
    }

    /// Makes room for `additional` elements.
    pub(crate) fn reserve(&mut self, additional: usize) {
        let needed = self.0.len().saturating_add(additional);
        if needed > self.0.capacity() {
            let mut moved = Vec::with_capacity(needed.max(self.0.capacity().saturating_mul(2)));
            moved.extend_from_slice(&self.0);
            self.truncate(0);
            self.0 = moved;
        }
    }

    /// Appends an element, whose secret bytes are filled in place.
    pub(crate) fn push(&mut self, public: T, fill: impl FnOnce(&mut [u8; N])) {
        self.reserve(1);
        self.0.push((public, [0; N]));
        if let Some((_, secret)) = self.0.last_mut() {
            fill(secret);
        }
    }

    /// Keeps the first `length` elements.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.iter_mut().skip(length).for_each(|(_, secret)| wipe(secret));
        self.0.truncate(length);
    }

    /// Keeps the elements whose position and public part are wanted, in their order.
    pub(crate) fn retain(&mut self, mut wanted: impl FnMut(usize, &T) -> bool) {
        let mut kept = 0;
        for position in 0..self.0.len() {
            if self.0.get(position).is_some_and(|(public, _)| wanted(position, public)) {
                if kept < position {
                    self.0.copy_within(position..=position, kept);
                }
                kept = kept.saturating_add(1);
            }
        }
        self.truncate(kept);
    }
}

impl<T: Copy, const N: usize> Default for SecretList<T, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Copy, const N: usize> Drop for SecretList<T, N> {
    fn drop(&mut self) {
        self.truncate(0);
    }
}

impl<T: Copy, const N: usize> fmt::Debug for SecretList<T, N> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SecretList<{N}>({} of them)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(elements: &[(u32, u8)]) -> SecretList<u32, 4> {
        let mut list = SecretList::new();
        for (public, secret) in elements {
            list.push(*public, |bytes| *bytes = [*secret; 4]);
        }
        list
    }

    proptest! {
        #[test]
        fn what_is_kept_keeps_its_order(elements: Vec<(u32, u8)>, wanted: u32, length in 0_usize..100) {
            let mut found = list(&elements);
            found.retain(|_, public| *public % 3 != wanted % 3);
            let mut expected: Vec<_> =
                elements.into_iter().filter(|(public, _)| *public % 3 != wanted % 3).collect();
            prop_assert!(found == list(&expected));
            found.truncate(length);
            expected.truncate(length);
            prop_assert!(found == list(&expected));
            prop_assert_eq!(found.len(), expected.len());
        }
    }

    #[test]
    fn elements_are_moved_when_they_must_be() {
        let mut list = SecretList::<u32, 4>::new();
        list.reserve(10);
        let (capacity, place) = (list.0.capacity(), list.0.as_ptr());
        assert!(capacity >= 10);
        (0..capacity).for_each(|_| list.push(7, |secret| secret.fill(7)));
        assert_eq!((list.0.capacity(), list.0.as_ptr()), (capacity, place));
        list.reserve(1);
        assert!(list.0.capacity() > capacity);
    }

    #[test]
    fn nothing_secret_is_printed() {
        assert_eq!(alloc::format!("{:?}", list(&[(7, 0xab)])), "SecretList<4>(1 of them)");
    }
}
