//! What verification by short strings does.

use super::World;
use crate::call::{Call, Id};
use crate::library::Value;
use crate::object::Kind;
use crate::report::Mismatch;

const MACS: [&str; 3] =
    ["olm_sas_calculate_mac", "olm_sas_calculate_mac_fixed_base64", "olm_sas_calculate_mac_long_kdf"];

impl World<'_> {
    pub(super) fn sas_step(&mut self) -> Result<(), Mismatch> {
        self.sas.retain(|sas| self.pair.is_created(*sas));
        if self.sas.len() < 2 || self.dice.once_in(20) {
            return self.start_sas();
        }
        let sas = *self.dice.pick(&self.sas);
        let is_set =
            self.call(Call::new("olm_sas_is_their_key_set").object(sas))?.ours.value == Value::Int(1);
        match self.dice.within(if is_set { 0..9 } else { 0..2 }) {
            0 => {
                let other = *self.dice.pick(&self.sas);
                let key = self.public_sas_key(other)?;
                let key = self.perhaps_damaged(&key);
                self.call(Call::new("olm_sas_set_their_key").object(sas).bytes(&key))?;
            }
            1..4 => {
                let length = self.dice.length();
                let info = self.dice.bytes(length);
                let room =
                    if self.dice.once_in(8) { self.dice.within(0..8_161) } else { self.dice.within(0..100) };
                self.call(Call::new("olm_sas_generate_bytes").object(sas).bytes(&info).room(room))?;
            }
            _ => {
                let (input, info) = (self.dice.length(), self.dice.length());
                let (input, info) = (self.dice.bytes(input), self.dice.bytes(info));
                let length = self.ask("olm_sas_mac_length", sas)?;
                let room = self.room(length);
                let mac = Call::new(*self.dice.pick(&MACS)).object(sas);
                self.call(mac.bytes(&input).bytes(&info).room(room))?;
            }
        }
        Ok(())
    }

    fn start_sas(&mut self) -> Result<(), Mismatch> {
        let sas = self.pair.make(Kind::Sas)?;
        let needed = self.ask("olm_create_sas_random_length", sas)?;
        let random = self.entropy(needed);
        let created = self.call(Call::new("olm_create_sas").object(sas).bytes(&random))?;
        if created.succeeded() {
            self.sas.push(sas);
        }
        Ok(())
    }

    fn public_sas_key(&mut self, sas: Id) -> Result<Vec<u8>, Mismatch> {
        let length = self.ask("olm_sas_pubkey_length", sas)?;
        let room = self.room(length);
        let key = self.call(Call::new("olm_sas_get_pubkey").object(sas).room(room))?;
        Ok(if key.succeeded() { key.block(0)[..length].to_vec() } else { Vec::new() })
    }
}
