"""Checks the signature of a record with openssl; see docs/signatures.md."""
import hashlib, struct, subprocess

def message(scope, topic, key, decision, value):
    digest = None if value is None else hashlib.sha256(value).digest()
    fields = [b"inkstream.signature.v1", scope.encode(), topic.encode(), key, decision, digest]
    return b"".join(struct.pack(">i", -1) if f is None else struct.pack(">i", len(f)) + f for f in fields)

def check(record, scope, public_key):  # a record of confluent-kafka
    headers = dict(record.headers())   # the last header of a name counts
    open("message", "wb").write(
        message(scope, record.topic(), record.key(), headers.get("inkstream.decision"), record.value()))
    open("signature", "wb").write(headers["inkstream.signature"])
    subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", public_key, "-rawin",
                    "-in", "message", "-sigfile", "signature"], check=True)
