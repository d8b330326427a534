"""Does to layers of OGC API - Features what a user of QGIS does, and prints what came of it as JSON.

Usage: qgis_layer.py <root> <user:password, or nothing> <job> <arguments as JSON>
Its profile, and with it every cache, is the folder that QGIS_CUSTOM_CONFIG_PATH names.
"""

import json
import os
import sys

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDataSourceUri,
    QgsFeatureRequest,
    QgsGeometry,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt.QtCore import QDateTime, Qt, QVariant

ABLE = {
    "add": Qgis.VectorProviderCapability.AddFeatures,
    "change": Qgis.VectorProviderCapability.ChangeAttributeValues,
    "move": Qgis.VectorProviderCapability.ChangeGeometries,
    "delete": Qgis.VectorProviderCapability.DeleteFeatures,
}


def open_layer(name, **parameters):
    uri = QgsDataSourceUri()
    uri.setParam("url", ROOT)
    uri.setParam("typename", name)
    for key, value in parameters.items():
        uri.setParam(key, value)
    if CREDENTIALS:
        user, _, password = CREDENTIALS.partition(":")
        uri.setUsername(user)
        uri.setPassword(password)
    layer = QgsVectorLayer(uri.uri(False), name, "OAPIF")
    if not layer.isValid():
        sys.exit(f"{name}: {layer.error().summary() or 'not valid'}")
    return layer


def describe(names):
    """What each layer is, and what QGIS would let its user do with it."""
    found = {}
    for name in names:
        layer = open_layer(name)
        capabilities = layer.dataProvider().capabilities()
        found[name] = {
            "count": layer.featureCount(),
            "ids": sorted(feature["id"] for feature in layer.getFeatures()),
            "geometry": Qgis.GeometryType(layer.geometryType()).name,
            "fields": [field.name() for field in layer.fields()],
            "editable": layer.startEditing(),
            "able": [what for what, flag in ABLE.items() if capabilities & flag],
        }
    return found


def count(name):
    """How many features QGIS says that a layer has, before it reads them."""
    return open_layer(name).featureCount()


def read(name, subset="", box=None):
    """The ids of the features behind a filter, and within a box."""
    # the box in "Add layer": only request features overlapping the view extent
    layer = open_layer(name, **({"restrictToRequestBBOX": "1"} if box else {}))
    if subset and not layer.setSubsetString(subset):
        sys.exit(f"{name} does not take the filter {subset}")
    request = QgsFeatureRequest()
    if box:
        request.setFilterRect(QgsRectangle(*box))
    return sorted(feature["id"] for feature in layer.getFeatures(request))


def edit(name, change):
    """One change in the buffer of the layer, committed; answers the id of what it was about."""
    layer = open_layer(name)
    if not layer.startEditing():
        sys.exit(f"{name} cannot be edited")
    known = set() if "id" in change else {feature["id"] for feature in layer.getFeatures()}
    feature = next((one for one in layer.getFeatures() if one["id"] == change.get("id")), None)
    apply(layer, change, feature)
    if not layer.commitChanges():
        sys.exit("; ".join(layer.commitErrors()))
    return change.get("id") or next(one["id"] for one in layer.getFeatures() if one["id"] not in known)


def apply(layer, change, feature):
    for key, value in change.items():
        if key == "add":
            values = {index: of_field for index, of_field in values_of(layer, value)}
            geometry = QgsGeometry.fromWkt(change["wkt"])
            layer.addFeature(QgsVectorLayerUtils.createFeature(layer, geometry, values))
        elif key == "change":
            for index, of_field in values_of(layer, value):
                layer.changeAttributeValue(feature.id(), index, of_field)
        elif key == "move":
            geometry = QgsGeometry(feature.geometry())
            geometry.translate(*value)
            layer.changeGeometry(feature.id(), geometry)
        elif key == "delete":
            layer.deleteFeature(feature.id())


def values_of(layer, values):
    """As the widgets of an attribute form give them."""
    for name, value in values.items():
        index = layer.fields().indexOf(name)
        is_time = layer.fields().at(index).type() == QVariant.DateTime
        yield index, QDateTime.fromString(value, Qt.ISODate) if is_time and value else value


ROOT, CREDENTIALS, JOB, ARGUMENTS = sys.argv[1:]
application = QgsApplication([], False)
application.initQgis()
JOBS = {"describe": describe, "count": count, "read": read, "edit": edit}
answer = JOBS[JOB](*json.loads(ARGUMENTS))
print(json.dumps(answer), flush=True)
# without waiting for what a layer may still be reading in the background
os._exit(0)
