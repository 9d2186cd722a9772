//! Saved state: native pickles, those of libolm and vodozemac, dehydrated devices.
//!
//! Each format has a file or a folder, with the bodies that its functions share and then the functions, object by object.

mod dehydrated;
mod key;
mod libolm;
mod native;
mod recognise;
mod vodozemac;
