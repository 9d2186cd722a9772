//! What the utility object does.

use super::World;
use super::accounts::Signed;
use crate::call::Call;
use crate::library::Value;
use crate::report::Mismatch;

impl World<'_> {
    pub(super) fn utility_step(&mut self) -> Result<(), Mismatch> {
        match self.dice.within(0..4) {
            0 => {
                let length = self.dice.length();
                let input = self.dice.bytes(length);
                let length = self.ask("olm_sha256_length", self.utility)?;
                let room = self.room(length);
                self.call(Call::new("olm_sha256").object(self.utility).bytes(&input).room(room))?;
            }
            1 => {
                let code = self.dice.within(0..20);
                self.call(Call::new("_olm_error_to_string").number(u32::try_from(code).unwrap()))?;
                self.call(Call::new("olm_get_library_version").place(1).place(1).place(1))?;
                assert_eq!(self.call(Call::new("olm_error"))?.ours.value, Value::ERROR);
            }
            _ => self.verify()?,
        }
        Ok(())
    }

    fn verify(&mut self) -> Result<(), Mismatch> {
        let account = *self.dice.pick(&self.accounts);
        let (_, key) = self.identity_keys(account)?;
        let Some(Signed { mut message, signature }) = self.sign(account)? else { return Ok(()) };
        if self.dice.once_in(8) {
            message.push(0);
        }
        let (key, signature) = (self.perhaps_damaged(&key), self.perhaps_damaged(&signature));
        let verify = Call::new("olm_ed25519_verify").object(self.utility);
        self.call(verify.bytes(&key).bytes(&message).bytes(&signature))?;
        Ok(())
    }
}
