mod iterated;
mod wycheproof;
