"""Opens a layer of a GeoPackage as a user of QGIS does, draws it, and prints what came of it as JSON.

Usage: qgis_style.py <file> <layer>
"""

import json
import os
import sys

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

SIZE = 60  # pixels around a feature


def picture(layer, point):
    """The colours that a feature is drawn in, by pixel."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setBackgroundColor(QColor("#123456"))
    settings.setOutputSize(QSize(SIZE, SIZE))
    settings.setOutputDpi(96)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setExtent(QgsRectangle(point.x() - 0.01, point.y() - 0.01, point.x() + 0.01, point.y() + 0.01))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return [image.pixelColor(x, y).name() for y in range(SIZE) for x in range(SIZE)]


application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(f"{sys.argv[1]}|layername={sys.argv[2]}", sys.argv[2], "ogr")
if not layer.isValid():
    sys.exit("not valid")
answer = {
    "renderer": type(layer.renderer()).__name__,
    "legend": [item.label() for item in layer.renderer().legendSymbolItems()],
    "pictures": {
        feature["id"]: picture(layer, feature.geometry().centroid().asPoint()) for feature in layer.getFeatures()
    },
}
print(json.dumps(answer))
sys.stdout.flush()
os._exit(0)
