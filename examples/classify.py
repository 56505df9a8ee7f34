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
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
IMAGES, PREDICTIONS = "inkstream.images", "inkstream.predictions"
PATIENCE = 10  # seconds for an answer of a broker
QUIET = {"log_level": 0}  # failures are printed in one sentence, not logged as well
# Without a schema registry ids are fixed; they are listed by: inkstream schemas
IMAGE_SCHEMA_ID = 478848238
PREDICTION_SCHEMA_ID = 876659234


def schema(name):
    return avro.schema.parse((SCHEMAS / f"{name}.avsc").read_text())


def encode(image):
    out = io.BytesIO()
    out.write(struct.pack(">bI", 0, IMAGE_SCHEMA_ID))  # Confluent's wire format
    avro.io.DatumWriter(schema("ImageRecord")).write(image, avro.io.BinaryEncoder(out))
    return out.getvalue()


def decode(value):
    header = struct.pack(">bI", 0, PREDICTION_SCHEMA_ID)
    if value is None or not value.startswith(header):
        raise SystemExit(f"a prediction begins with {(value or b'')[:5].hex()}; it must begin with {header.hex()},"
                         " a zero byte and the schema id (with a schema registry, ask it for the ids)")
    body = avro.io.BinaryDecoder(io.BytesIO(value[5:]))
    return avro.io.DatumReader(schema("Prediction")).read(body)


def ends(consumer):
    """The end of each partition of the predictions: what comes after is new."""
    topic = consumer.list_topics(PREDICTIONS, timeout=PATIENCE).topics[PREDICTIONS]
    if topic.error is not None:
        raise SystemExit(f"there is no topic {PREDICTIONS}: create it with 'inkstream topics create'")
    partitions = [TopicPartition(PREDICTIONS, partition) for partition in topic.partitions]
    return [TopicPartition(PREDICTIONS, partition.partition,
                           consumer.get_watermark_offsets(partition, timeout=PATIENCE)[1])
            for partition in partitions]


def send(broker, image_id, image):
    failures = []
    producer = Producer({**QUIET, "bootstrap.servers": broker})
    producer.produce(IMAGES, key=image_id, value=encode(image),
                     on_delivery=lambda error, message: failures.append(error) if error else None)
    if producer.flush(PATIENCE) > 0 or failures:
        raise SystemExit(f"the image was not sent to {IMAGES}: {failures or 'the broker did not answer in time'}")


def await_prediction(consumer, image_id):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        message = consumer.poll(1.0)
        if message is not None and not message.error() and message.key() == image_id.encode():
            return decode(message.value())
    raise SystemExit("no prediction within 30 s: is a classifier running?")


def main():
    arguments = argparse.ArgumentParser(description="Sends one image to Inkstream and prints the prediction.")
    arguments.add_argument("--bootstrap-server", metavar="HOST:PORT", default="localhost:9092",
                           help="a broker of the cluster (default: %(default)s)")
    broker = arguments.parse_args().bootstrap_server
    # A vertical bar: a 1, as good as anyone draws it.
    pixels = bytes(255 if 13 <= x <= 14 and 4 <= y <= 23 else 0 for y in range(28) for x in range(28))
    image = {"width": 28, "height": 28, "pixels": pixels, "capturedAt": datetime.now(timezone.utc)}
    image_id = f"bar-{uuid.uuid4()}"
    consumer = Consumer({**QUIET, "bootstrap.servers": broker, "group.id": image_id,
                         "isolation.level": "read_committed"})
    try:
        consumer.assign(ends(consumer))
        send(broker, image_id, image)
        prediction = await_prediction(consumer, image_id)
    except KafkaException as e:
        raise SystemExit(f"Kafka at {broker} cannot be used: {e.args[0].str()}") from None
    finally:
        consumer.close()
    print(f"a {prediction['label']}, says {prediction['model']} v{prediction['version']}"
          f" ({100 * prediction['scores'][prediction['label']]:.1f} %)")


if __name__ == "__main__":
    main()
