"""Sends one image to Inkstream and prints the prediction that comes back.

Needs confluent-kafka and avro (pip install confluent-kafka avro).
"""
import argparse
import io
import struct
import time
import uuid
from datetime import datetime, timezone
from pathlib import Path

import avro.io
import avro.schema
from confluent_kafka import Consumer, Producer, TopicPartition

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
IMAGES, PREDICTIONS = "inkstream.images", "inkstream.predictions"
IMAGE_SCHEMA_ID = 478848238  # without a schema registry ids are fixed: inkstream schemas


def schema(name):
    return avro.schema.parse((SCHEMAS / f"{name}.avsc").read_text())


def encode(image):
    out = io.BytesIO()
    out.write(struct.pack(">bI", 0, IMAGE_SCHEMA_ID))  # Confluent's wire format
    avro.io.DatumWriter(schema("ImageRecord")).write(image, avro.io.BinaryEncoder(out))
    return out.getvalue()


def decode(value):
    body = avro.io.BinaryDecoder(io.BytesIO(value[5:]))
    return avro.io.DatumReader(schema("Prediction")).read(body)


arguments = argparse.ArgumentParser(description="Sends one image to Inkstream and prints the prediction.")
arguments.add_argument("--bootstrap-server", metavar="HOST:PORT", default="localhost:9092",
                       help="a broker of the cluster (default: %(default)s)")
broker = arguments.parse_args().bootstrap_server

# A vertical bar: a 1, as good as anyone draws it.
pixels = bytes(255 if 13 <= x <= 14 and 4 <= y <= 23 else 0 for y in range(28) for x in range(28))
image_id = f"bar-{uuid.uuid4()}"

consumer = Consumer({"bootstrap.servers": broker, "group.id": image_id, "isolation.level": "read_committed"})
partitions = consumer.list_topics(PREDICTIONS, timeout=10).topics[PREDICTIONS].partitions
ends = [TopicPartition(PREDICTIONS, p, consumer.get_watermark_offsets(TopicPartition(PREDICTIONS, p), timeout=10)[1])
        for p in partitions]
consumer.assign(ends)

producer = Producer({"bootstrap.servers": broker})
image = {"width": 28, "height": 28, "pixels": pixels, "capturedAt": datetime.now(timezone.utc)}
producer.produce(IMAGES, key=image_id, value=encode(image))
producer.flush(10)

deadline = time.time() + 30
while time.time() < deadline:
    message = consumer.poll(1.0)
    if message is not None and not message.error() and message.key() == image_id.encode():
        prediction = decode(message.value())
        print(f"a {prediction['label']}, says {prediction['model']} v{prediction['version']}"
              f" ({100 * prediction['scores'][prediction['label']]:.1f} %)")
        break
else:
    raise SystemExit("no prediction within 30 s: is a classifier running?")
consumer.close()
