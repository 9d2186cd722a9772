use cliquet::MessageVersion;
use cliquet_fuzz::{Form, Saved, Stored};

/// A live state and the model that predicts it, and what a store keeps of both.
pub(crate) struct Kept<T, M> {
    pub(crate) live: T,
    pub(crate) model: M,
    stored: Stored,
    stored_model: M,
    form: Form,
    version: MessageVersion,
    /// Whether it has been through another library's format, which does not keep everything.
    pub(crate) forgetful: bool,
}

impl<T: Saved, M: Clone> Kept<T, M> {
    /// A new state, saved at once.
    pub(crate) fn new(live: T, model: M, form: Form, version: MessageVersion) -> Self {
        let stored = Stored::save(&live, form, version);
        Self { live, stored_model: model.clone(), model, stored, form, version, forgetful: false }
    }

    pub(crate) fn save(&mut self) {
        self.stored = Stored::save(&self.live, self.form, self.version);
        self.stored_model = self.model.clone();
    }

    /// The process ends, and another one goes on from what the store has.
    pub(crate) fn crash(&mut self) {
        self.live = self.stored.open();
        self.model = self.stored_model.clone();
        self.forgetful |= self.stored.is_foreign();
    }

    /// Moves to another form, as a process that ends in order.
    pub(crate) fn reopen(&mut self, form: Form) {
        let before = self.live.save_plain();
        self.form = form;
        self.save();
        self.crash();
        if !self.stored.is_foreign() {
            assert!(self.live.save_plain() == before, "a native pickle gives back all of a state");
        }
    }
}
