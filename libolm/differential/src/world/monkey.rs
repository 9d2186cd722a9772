//! Any function with any arguments that fit its parameters.

use super::World;
use crate::call::{Call, Id};
use crate::header::{Function, Kind as Parameter};
use crate::object::{Kind, is_creator};
use crate::report::Mismatch;
use crate::wire;

/// Lengths that some function asks for.
const LENGTHS: &[usize] = &[0, 1, 8, 11, 16, 32, 43, 64, 86, 100, 160, 220, 306];

impl World<'_> {
    pub(super) fn monkey_step(&mut self) -> Result<(), Mismatch> {
        let names = self.pair.function_names();
        let name = self.dice.pick(&names).clone();
        let function = self.pair.function(&name).clone();
        let Some(call) = self.monkey_call(&name, &function) else { return Ok(()) };
        let first = call.objects().next().filter(|id| is_creator(&name) || makes_or_clears(&name, *id, self));
        if let Some(id) = first.filter(|id| self.pair.is_created(*id)) {
            self.call(Call::new(self.pair.object(id).kind.clear()).object(id))?;
        }
        self.call(call)?;
        Ok(())
    }

    fn monkey_call(&mut self, name: &str, function: &Function) -> Option<Call> {
        let mut call = Call::new(name);
        let mut length = None;
        for (index, parameter) in function.parameters.iter().enumerate() {
            let spelling = parameter.spelling.as_str();
            call = if let Some(kind) = kind_of(spelling) {
                // What is in use keeps its content.
                let replaced = index == 0 && (is_creator(name) || name == kind.clear());
                call.object(if replaced { self.blank_object(kind) } else { self.any_object(kind) })
            } else if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.constructor() == name) {
                call.object(self.blank_object(kind))
            } else {
                match parameter.kind {
                    Parameter::Pointer
                        if function
                            .parameters
                            .get(index + 1)
                            .is_some_and(|next| next.kind == Parameter::Size) =>
                    {
                        let bytes = self.any_bytes();
                        length = Some(bytes.len());
                        call.memory(bytes)
                    }
                    Parameter::Pointer => call.place(4),
                    Parameter::Size => {
                        let size = length.take().unwrap_or_else(|| *self.dice.pick(LENGTHS));
                        call.size(size)
                    }
                    Parameter::Number => call.number(self.dice.number() >> self.dice.within(0..32)),
                }
            };
        }
        // What the real library does not survive.
        let deadly = name == "olm_create_inbound_session_from"
            && call.blocks().nth(1).is_some_and(wire::lacks_identity_key);
        (!deadly).then_some(call)
    }

    /// An object of this kind, often one without content.
    fn any_object(&mut self, kind: Kind) -> Id {
        let blank = self.blank_object(kind);
        let others: Vec<Id> = match kind {
            Kind::Account => self.accounts.clone(),
            Kind::Session => self.sessions.iter().map(|session| session.id).collect(),
            Kind::Inbound => self.members.iter().map(|member| member.id).collect(),
            Kind::Outbound => self.rooms.iter().map(|room| room.id).collect(),
            Kind::Decryption => vec![self.pk.decryption],
            Kind::Sas => self.sas.clone(),
            Kind::Utility => vec![self.utility],
            Kind::Encryption | Kind::Signing => Vec::new(),
        };
        if others.is_empty() || self.dice.once_in(2) { blank } else { *self.dice.pick(&others) }
    }

    fn blank_object(&self, kind: Kind) -> Id {
        self.blank[Kind::ALL.iter().position(|other| *other == kind).unwrap()]
    }

    fn any_bytes(&mut self) -> Vec<u8> {
        if !self.texts.is_empty() && self.dice.once_in(2) {
            return self.dice.pick(&self.texts).clone();
        }
        let length = *self.dice.pick(LENGTHS);
        self.dice.bytes(length)
    }
}

fn kind_of(spelling: &str) -> Option<Kind> {
    Some(match spelling {
        "OlmAccount*" => Kind::Account,
        "OlmSession*" => Kind::Session,
        "OlmUtility*" => Kind::Utility,
        "OlmInboundGroupSession*" => Kind::Inbound,
        "OlmOutboundGroupSession*" => Kind::Outbound,
        "OlmPkEncryption*" => Kind::Encryption,
        "OlmPkDecryption*" => Kind::Decryption,
        "OlmPkSigning*" => Kind::Signing,
        "OlmSAS*" => Kind::Sas,
        _ => return None,
    })
}

fn makes_or_clears(function: &str, id: Id, world: &World<'_>) -> bool {
    function == world.pair.object(id).kind.constructor()
}
