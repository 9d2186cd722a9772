#![cfg_attr(feature = "getrandom", doc = include_str!("../docs/guide.md"))]
#![cfg_attr(
    not(feature = "getrandom"),
    doc = "The guide for clients: see `docs/guide.md`, or build with `getrandom`."
)]
