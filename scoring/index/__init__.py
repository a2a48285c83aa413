"""An index of many units from the same questionnaire: normalisation, weights, aggregation, views, uncertainty."""
