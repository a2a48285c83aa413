"""An index of many units from the same questionnaire: the path from figures to ranks and how sure they are. Pure and columnar.

`figures` reads raw figures by the engine's own questions and formulas, `imputation` fills gaps where declared, `normalisation` puts
columns on the scale, `weights` are given, equal or by entropy, `aggregation` works up the `tree`; `basis` holds what is declared and works
out any alternative to it. `views` and `levels` look at the outcome in other ways. `sample` draws weights and choices among `alternatives`,
`propagation` and `runs` give the ranks of every draw, `uncertainty` and `sensitivity` what they say. `engine.index` does it all, `plain`
prints it, `reasons` says why something is null. `synthetic` and `bench` measure.
"""
