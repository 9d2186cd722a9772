//! Key pairs, signatures, texts of secrets.

use std::hint::black_box;

use cliquet::{Curve25519KeyPair, Ed25519KeyPair, Ed25519Signature};

use super::Failure;
use crate::harness::operation;
use crate::secrets::{SecretRandom, publish, publish_key, publish_signing_key, secret};

pub(super) fn run() -> Result<(), Failure> {
    agreement_keys()?;
    signing_keys()
}

fn agreement_keys() -> Result<(), Failure> {
    let mut rng = SecretRandom::new(1);
    let pair = operation("Curve25519: draw a key pair", &["Curve25519KeyPair::random"], || {
        Curve25519KeyPair::random(&mut rng).map(Box::new)
    })?;
    publish_key(pair.public())?;
    operation("Curve25519: drop a key pair", &[], || drop(pair));

    let bytes = rng.bytes();
    let pair = operation("Curve25519: import a secret key", &["Curve25519KeyPair::from_secret_key"], || {
        Box::new(Curve25519KeyPair::from_secret_key(&bytes))
    });
    publish_key(pair.public())?;
    let functions = ["Curve25519KeyPair::export_secret_key", "Curve25519KeyPair::public"];
    operation("Curve25519: export a secret key", &functions, || {
        black_box((Box::new(*pair.export_secret_key()), pair.public()))
    });
    operation("Curve25519: print a key pair", &[], || format!("{pair:?}"));
    Ok(())
}

fn signing_keys() -> Result<(), Failure> {
    let mut rng = SecretRandom::new(2);
    let pair = operation("Ed25519: draw a key pair", &["Ed25519KeyPair::random"], || {
        Ed25519KeyPair::random(&mut rng).map(Box::new)
    })?;
    let public_key = publish_signing_key(&pair.public())?;
    let text = secret(b"a text that not everybody is to see");
    let signature = operation("Ed25519: sign a secret text", &["Ed25519KeyPair::sign"], || pair.sign(&text));
    let signature = Ed25519Signature::from_slice(&publish(signature.as_bytes())?)?;
    crate::client::unreported(|| public_key.verify(&text, &signature))?;

    let functions = [
        "Ed25519KeyPair::export_base64_seed",
        "Ed25519KeyPair::export_seed",
        "Ed25519KeyPair::export_expanded_secret_key",
        "Ed25519KeyPair::public",
    ];
    let (text, seed, expanded) = operation("Ed25519: export a secret key", &functions, || {
        (
            pair.export_base64_seed(),
            pair.export_seed().copied().map(Box::new),
            Box::new(*pair.export_expanded_secret_key()),
        )
    });
    let (text, seed) = text.zip(seed).ok_or("a key that was drawn has a seed")?;
    operation("Ed25519: print a key pair", &[], || format!("{pair:?}"));
    operation("Ed25519: drop a key pair", &[], || drop(pair));

    let again = operation("Ed25519: import a seed as base64", &["Ed25519KeyPair::from_base64_seed"], || {
        Ed25519KeyPair::from_base64_seed(text.as_str()).map(Box::new)
    })?;
    publish(again.public().as_bytes())?;
    let again = operation("Ed25519: import a seed", &["Ed25519KeyPair::from_seed"], || {
        Box::new(Ed25519KeyPair::from_seed(&seed))
    });
    publish(again.public().as_bytes())?;
    let functions = ["Ed25519KeyPair::from_expanded_secret_key"];
    let again = operation("Ed25519: import an expanded secret key", &functions, || {
        Box::new(Ed25519KeyPair::from_expanded_secret_key(&expanded))
    });
    publish(again.public().as_bytes())?;
    let signature = operation("Ed25519: sign with an expanded secret key", &[], || again.sign(b"text"));
    publish(signature.as_bytes())?;

    let other = pair_text(&again);
    let functions = ["SecretText::eq", "SecretText::as_str"];
    operation("secret texts compared", &functions, || black_box(text == other));
    let mut wiped = other;
    operation("secret text wiped and dropped", &["SecretText::wipe", "SecretText::drop"], || wiped.wipe());
    operation("secret text printed", &["SecretText::fmt"], || format!("{text:?}"));
    Ok(())
}

/// Another secret text of the same length.
fn pair_text(_: &Ed25519KeyPair) -> cliquet::SecretText {
    let drawn = Ed25519KeyPair::from_seed(&SecretRandom::new(3).bytes());
    drawn.export_base64_seed().unwrap_or_else(|| pair_text(&drawn))
}
