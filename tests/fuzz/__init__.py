"""The fuzzer: what is made by chance from a seed and must not break anything; ``make fuzz``."""
