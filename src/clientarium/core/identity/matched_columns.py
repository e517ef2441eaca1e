"""The tables that go into matching and come out of it."""

import pyarrow as pa

CARD_COLUMNS = pa.schema(
    [
        ("record_id", pa.int64()), ("name", pa.string()), ("inn", pa.string()), ("kpp", pa.string()),
        ("ogrn", pa.string()), ("phones", pa.list_(pa.string())), ("emails", pa.list_(pa.string())),
        ("city", pa.string()), ("address", pa.string()),
    ]
)  # fmt: skip
REASON = pa.struct(
    [
        ("field", pa.string()), ("left", pa.string()), ("right", pa.string()), ("agreement", pa.string()),
        ("weight", pa.float64()),
    ]
)  # fmt: skip
PAIR_SCHEMA = pa.schema(
    [
        ("a", pa.int64()), ("b", pa.int64()), ("probability", pa.float64()), ("weight", pa.float64()),
        ("sure", pa.bool_()), ("reasons", pa.list_(REASON)),
    ]
)  # fmt: skip
