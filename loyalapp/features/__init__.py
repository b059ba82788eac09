"""One folder per thing the user sees; inside each the same layers: models, service, forms, views, hooks."""
