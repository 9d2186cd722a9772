//! What objects of a pair hold, and how both sides are brought to hold the same.

use super::{COMPARING, Pair, Side};
use crate::call::{Call, Id, Outcome, Seen};
use crate::library::{Value, Word};
use crate::memory::Block;
use crate::object::{Kind, is_creator};
use crate::report::Mismatch;

impl Pair<'_> {
    pub(super) fn error(&mut self, side: Side, id: Id) -> (u32, String) {
        let kind = self.objects[id.0].kind;
        let words = [self.address(side, id)];
        let code = self.raw(side, &kind.last_error_code(), &words);
        match (code, self.raw(side, &kind.last_error(), &words)) {
            (Value::Number(code), Value::Text(text)) => (code, text),
            other => panic!("the last error is {other:?}"),
        }
    }

    /// The pickle of an object, if it can be stored and the library does it.
    pub(super) fn pickled(&mut self, side: Side, id: Id) -> Option<Vec<u8>> {
        let object = &self.objects[id.0];
        if !object.kind.is_stored() {
            return None;
        }
        if side == Side::Ours {
            return self.pickled_anew(side, id);
        }
        // The same memory has the same pickle, and the real library is slow.
        if let Some((memory, pickle)) = &object.pickled
            && memory == object.real.bytes()
        {
            return pickle.clone();
        }
        let memory = object.real.bytes().to_vec();
        let pickle = self.pickled_anew(side, id);
        self.objects[id.0].pickled = Some((memory, pickle.clone()));
        pickle
    }

    fn pickled_anew(&mut self, side: Side, id: Id) -> Option<Vec<u8>> {
        let kind = self.objects[id.0].kind;
        let object = self.address(side, id);
        let Value::Size(length) = self.raw(side, &kind.pickle_length(), &[object]) else { return None };
        let mut key = Block::new(COMPARING);
        let mut pickle = Block::new(&vec![0; length.min(1 << 20)]);
        let words = [
            object,
            Word::Pointer(key.address()),
            Word::Size(key.length()),
            Word::Pointer(pickle.address()),
            Word::Size(pickle.length()),
        ];
        let value = self.raw(side, &kind.pickle(), &words);
        assert!(pickle.is_guarded() && key.is_guarded(), "{} wrote somewhere else", kind.pickle());
        (value == Value::Size(length)).then(|| pickle.bytes().to_vec())
    }

    /// After an explained difference, brings both sides to the same state: ours, if it can be stored, or none.
    pub(super) fn level(&mut self, call: &Call, real: &Seen, ours: &Seen) -> Result<(), Mismatch> {
        if real.pickles == ours.pickles && real.failed() == ours.failed() {
            return Ok(());
        }
        for (index, id) in call.objects().enumerate() {
            let kind = self.objects[id.0].kind;
            if self.is_created(id) && real.pickles[index] == ours.pickles[index] && kind.is_stored() {
                continue;
            }
            let pickle = ours.pickles[index].clone();
            self.call(Call::new(kind.clear()).object(id))?;
            if let Some(pickle) = pickle {
                self.unpickle(id, COMPARING, &pickle)?;
            }
        }
        Ok(())
    }

    pub(crate) fn unpickle(&mut self, id: Id, key: &[u8], pickle: &[u8]) -> Result<Outcome, Mismatch> {
        let kind = self.objects[id.0].kind;
        let call = Call::new(kind.unpickle()).object(id).bytes(key).bytes(pickle);
        // Only this one also gives the public key.
        self.call(if kind == Kind::Decryption { call.room(43) } else { call })
    }

    /// As programs do: what could not be created is cleared before the next attempt.
    pub(super) fn tidy(&mut self, call: &Call, ours: &Seen) -> Result<(), Mismatch> {
        let Some(first) = call.objects().next() else { return Ok(()) };
        if is_creator(&call.name) && ours.failed() && !self.is_created(first) {
            self.call(Call::new(self.objects[first.0].kind.clear()).object(first))?;
        }
        Ok(())
    }

    /// Compares the pickles of all objects, also of those that no call was about.
    pub(crate) fn compare_all(&mut self) -> Result<(), Mismatch> {
        for id in (0..self.objects.len()).map(Id) {
            if self.is_created(id) && self.pickled(Side::Real, id) != self.pickled(Side::Ours, id) {
                return Err(Mismatch::untouched(self.objects[id.0].kind, id, &self.recent));
            }
        }
        Ok(())
    }

    /// Clears all objects, as a program does in the end.
    pub(crate) fn clear_all(&mut self) -> Result<(), Mismatch> {
        for id in (0..self.objects.len()).map(Id) {
            self.call(Call::new(self.objects[id.0].kind.clear()).object(id))?;
        }
        Ok(())
    }
}
