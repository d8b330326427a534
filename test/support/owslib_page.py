"""Reads a layer with OWSLib: python3 owslib_page.py URL COLLECTION, then parameters as JSON."""

import json
import sys

from owslib.ogcapi.features import Features

_, url, collection, parameters = sys.argv
features = Features(url)
answer = features.collection_items(collection, **json.loads(parameters))
print(json.dumps({"collections": features.feature_collections(), "items": answer}))
