//! Skipped message keys on the move: where there is no room for more, the oldest still go first.

use super::{
    super::party::{
        Implementation::{self, Cliquet, Libolm, Vodozemac},
        Reminder,
    },
    pair::Pair,
    state::{State, Way, libolms_limits},
};

const PLACES: [Implementation; 3] = [Cliquet, Libolm, Vodozemac];

/// So many skipped message keys all three keep, of one chain.
const SKIPPED_MESSAGE_KEYS: usize = 40;

/// Forty keys are skipped in one place and ten in the next: the first ten of the forty go, in every direction, also where the
/// state comes back to the first place before more are skipped.
#[test]
fn pickle_of_a_full_chain_keeps_the_order_of_eviction() {
    for from in PLACES {
        for by_way_of in PLACES {
            for to in PLACES {
                for way in Way::all() {
                    let _reminder = Reminder((from, by_way_of, to, way));
                    let mut pair = Pair::new(from);
                    let first = pair.skip(SKIPPED_MESSAGE_KEYS);
                    pair.receiver_goes(by_way_of, way);
                    pair.receiver_goes(to, way);
                    let then = pair.skip(10);
                    pair.refuses(&first[..10]);
                    pair.opens(&first[10..]);
                    pair.opens(&then);
                }
            }
        }
    }
}

/// The same over two chains, where there is one order for both: in libolm, and in cliquet with libolm's limits.
#[test]
fn pickle_of_two_chains_keeps_the_order_of_eviction() {
    for [from, to] in [[Libolm, Cliquet], [Cliquet, Libolm], [Libolm, Libolm], [Cliquet, Cliquet]] {
        for way in Way::all() {
            let _reminder = Reminder((from, to, way));
            let mut pair = Pair::new(from);
            limit(&mut pair);
            let first = pair.skip(25);
            pair.turn();
            let second = pair.skip(15);
            pair.receiver_goes(to, way);
            limit(&mut pair);
            let third = pair.skip(20);
            pair.refuses(&first[..20]);
            pair.opens(&first[20..]);
            pair.opens(&second);
            pair.opens(&third);
        }
    }
}

/// More keys than libolm has room for: the oldest are given up on the way to it.
#[test]
fn pickle_of_too_many_skipped_keys_gives_up_the_oldest() {
    for way in Way::all() {
        for from in [Cliquet, Vodozemac] {
            let _reminder = Reminder((from, way));
            let mut pair = Pair::new(from);
            let first = pair.skip(30);
            pair.turn();
            let second = pair.skip(30);
            pair.receiver_goes(Libolm, way);
            pair.refuses(&first[..20]);
            pair.opens(&first[20..]);
            pair.opens(&second);
        }
    }
}

/// The peers keep no note of which keys they used and which they gave up: of what is missing, cliquet says the latter.
#[test]
fn pickle_of_a_peer_leaves_open_why_a_key_is_missing() {
    for peer in [Libolm, Vodozemac] {
        for way in Way::all() {
            let _reminder = Reminder((peer, way));
            let mut pair = Pair::new(peer);
            let late = pair.skip(45);
            pair.opens(&late[30..32]);
            pair.receiver_goes(Cliquet, way);
            pair.refuses(&late[..5]);
            pair.refuses(&late[30..32]);
            pair.opens(&late[5..30]);
            pair.opens(&late[32..]);
        }
    }
}

/// Gives the receiver libolm's limits, if it does not have them anyway.
fn limit(pair: &mut Pair) {
    if let Some(State::Cliquet(session)) = &mut pair.receiver {
        assert_eq!(session.set_limits(libolms_limits()), 0);
    }
}
