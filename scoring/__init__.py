"""The scoring engine: a compiled model and answers in, results with their whole trace out. Pure and columnar.

One engine works on columns, one row per assessment; a single assessment is a batch of one. To read it in an hour, follow a number:

1. `model`, `result`: what goes in and what comes out. `compile` turns a model into look-up tables and closures (`compiled`, `tables`,
   `slots`; formulas in `syntax`, `formula`, `functions` over the gapped numbers of `columns`; `vocabulary`, `order` and `decisions` say
   what ids mean and what waits for what).
2. `answers` turns stored answers into a `batch`; `faults` lists all that is wrong with them.
3. `questions` reads columns within their scope, `values` makes indicators of them (`rules` put numbers on the scale), each a `spread`:
   the lowest and highest value that the answers leave open, and what is not applicable.
4. `aggregation` (with `lead`) works up the tree; where every indicator is kept, `stack` reads and works up all at once, as `plan` says;
   `gates` hold levels down, `outcome` says what it all comes to; `evaluation` is the whole pass and `branching` repeats what an open
   question touches where it decides what is asked.
5. `engine` gives a batch's results in columns, or through `explain` (`snapshot`, `nodes`, `contributions`, `verdicts`, `gaps`, `trace`)
   one assessment's with every step. `freeze` and `display` are for what keeps and shows it, `synthetic` and `bench` for measuring.

Three rules run through it. Every comparison with a border comes after one rounding, to 1e-9 (`columns.ticks`). Sums have one order,
column after column, so a row alone gives the same bits as among many. Missing, not applicable, undefined, out of scope and zero are five
different things.
"""

ENGINE_VERSION = "1.0.0"
