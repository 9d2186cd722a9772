//! Two devices in a browser or in Node: what `page/cliquet.js` calls.
//!
//! No wasm-bindgen: texts go in and out through two buffers, and random bytes come from the one function that this module
//! imports, behind which JavaScript has `crypto.getRandomValues`. Its failure is an error like any other. What JavaScript holds,
//! and the two buffers, is not wiped.

mod device;
mod exchange;
mod exports;
mod random;
