"""The scoring engine: a compiled model and answers in, results with their whole trace out. Pure and columnar."""

ENGINE_VERSION = "1.0.0"
