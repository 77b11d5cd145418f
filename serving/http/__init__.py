"""The scoring service: who may ask, how much at once, what is answered and what is told of it."""
